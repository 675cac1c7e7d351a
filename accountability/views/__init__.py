"""Pages of giving account."""
