"""Permission codes of this room."""

VIEW_CONTACTS = "people.view_contacts"
EDIT_CONTACTS = "people.edit_contacts"
VIEW_STAFF = "people.view_staff"
EDIT_STAFF = "people.edit_staff"
ASSIGN = "people.assign"
