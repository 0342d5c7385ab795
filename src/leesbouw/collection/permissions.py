"""Permission codes of this room."""

VIEW_TITLES = "collection.view"
EDIT_TITLES = "collection.edit"
