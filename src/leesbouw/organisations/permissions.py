"""Permission codes of this room."""

VIEW = "organisations.view"
VIEW_PARTNERSHIP = "organisations.view_partnership"
EDIT_PARTNERSHIP = "organisations.edit_partnership"
DECIDE_PARTNERSHIP = "organisations.decide_partnership"
EDIT_GROUPS = "organisations.edit_groups"
CHOOSE_AREA = "organisations.choose_area"
EDIT_UNITS = "organisations.edit_units"
