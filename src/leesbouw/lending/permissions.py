"""Permission codes of this room. Without one of them no loan is in anybody's scope."""

from .domain.access import MAY_LEND, MAY_RULE, MAY_VIEW

LEND = MAY_LEND
VIEW_LOANS = MAY_VIEW
EDIT_RULES = MAY_RULE
