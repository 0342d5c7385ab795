"""Pages of a child that came in, and the tips for its teacher."""
