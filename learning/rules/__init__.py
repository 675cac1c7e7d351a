"""Pure rules of the figures: which months are chosen, and what of the counts may be shown."""
