"""Filling in: pages for who has a code or a link and no account."""
