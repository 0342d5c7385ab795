"""Permission codes of this room. Without VIEW no row about a pupil is in anybody's scope."""

VIEW = "pupils.view"
EDIT = "pupils.edit"
IMPORT = "pupils.import"
CONSENT = "pupils.consent"
RIGHTS = "pupils.rights"
