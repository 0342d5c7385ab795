"""Pages that write about organisations; what only reads stands in dashboards."""
