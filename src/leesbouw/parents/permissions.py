"""Permission codes of this room."""

VIEW_PARENTS = "parents.view"
EDIT_PARENTS = "parents.edit"
