"""Tests of the whole site: its demo municipality."""
