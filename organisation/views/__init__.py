"""Pages of the ground floor, and the few where apps meet."""
