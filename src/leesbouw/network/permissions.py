"""Permission codes of this room."""

VIEW_TALKS = "network.view_talks"
EDIT_TALKS = "network.edit_talks"
SET_RHYTHM = "network.set_rhythm"
HANDOVER = "network.handover"
