"""House formats per language."""
