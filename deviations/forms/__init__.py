"""Forms of deviations, space, decisions, lists of terms and imports."""
