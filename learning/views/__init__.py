"""Pages of learning: figures, roll-ups, signals."""
