"""Rules about figures as plain Python; each module is a subject of its own."""
