"""HTTP of this app."""
