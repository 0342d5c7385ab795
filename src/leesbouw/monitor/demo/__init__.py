"""The demo of the Monitor: invented rounds with a pattern that a page can tell about."""
