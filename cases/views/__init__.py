"""Pages of cases and routines."""
