"""Dutch formats."""
