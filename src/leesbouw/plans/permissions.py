"""Permission codes of this room."""

VIEW_ACTIONS = "plans.view_actions"
EDIT_ACTIONS = "plans.edit_actions"
VIEW_BLOCKS = "plans.view_blocks"
EDIT_BLOCKS = "plans.edit_blocks"
VIEW_PLANS = "plans.view_plans"
EDIT_PLANS = "plans.edit_plans"
APPROVE_PLANS = "plans.approve_plans"
