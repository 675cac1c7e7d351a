"""Forms of deviations, space, decisions and imports."""
