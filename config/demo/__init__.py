"""Gemeente Voorbeeld: fictional people, cases and spaces, played through the services as if it all had happened."""
