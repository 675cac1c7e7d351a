"""Rules of giving account, without a query."""
