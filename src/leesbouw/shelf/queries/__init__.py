"""Every read of a child's own pages."""
