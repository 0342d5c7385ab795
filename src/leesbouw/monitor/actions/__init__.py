"""Every write of the Monitor; each module is a subject of its own."""
