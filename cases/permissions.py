"""Who may do what with a case."""
