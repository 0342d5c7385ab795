"""Permission codes of this room."""

VIEW_TITLES = "collection.view"
EDIT_TITLES = "collection.edit"
EDIT_PROVISION = "collection.edit_provision"
SET_GOALS = "plans.edit_plans"  # of plans, a room beside this one: a figure only leads there
