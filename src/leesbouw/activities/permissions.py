"""Permission codes of this room."""

VIEW_VISITS = "activities.view_visits"
SHARE_CALENDAR = (
    "activities.share_calendar"  # makes and stops the address of one's own visits, or of a location
)
EDIT_VISITS = "activities.edit_visits"
VIEW_HOURS = "activities.view_hours"  # of others; one's own need none
VIEW_LOOK_BACK = "activities.view_look_back"  # what was agreed and what came of it, of one's own level
