"""Background work of learning."""
