"""Every part of our pages in its states."""
