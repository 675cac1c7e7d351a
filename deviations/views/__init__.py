"""Pages of deviations, space, the queue, lists of terms and imports."""
