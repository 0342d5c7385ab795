"""Permission codes of this room. Without VIEW no row about a pupil is in anybody's scope."""

from .domain import MAY_OPEN_CLASS, MAY_VIEW

VIEW = MAY_VIEW
OPEN_CLASS = MAY_OPEN_CLASS
EDIT = "pupils.edit"
IMPORT = "pupils.import"
CONSENT = "pupils.consent"
RIGHTS = "pupils.rights"
KEEP_BOOKS = "lending.rules"  # of lending, a room above: who keeps the books of a school
