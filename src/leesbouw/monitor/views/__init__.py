"""Pages of the Monitor."""
