"""Pages of deviations, space, the queue and imports."""
