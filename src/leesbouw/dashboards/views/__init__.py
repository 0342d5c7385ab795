"""Pages that only read, composed of what the rooms below know."""
