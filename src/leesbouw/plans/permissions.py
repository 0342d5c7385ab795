"""Permission codes of this room."""

VIEW_ACTIONS = "plans.view_actions"
EDIT_ACTIONS = "plans.edit_actions"
