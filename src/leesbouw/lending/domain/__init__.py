"""The rules of lending in plain Python."""
