"""Permission codes of this room. Without one of them no loan is in anybody's scope."""

from .domain.access import MAY_LEND, MAY_RULE, MAY_VIEW

LEND = MAY_LEND
VIEW_LOANS = MAY_VIEW
EDIT_RULES = MAY_RULE
TELL_MONTHS = "lending.tell_months"  # totals of another lending system, of whom one may speak for
VIEW_BOOKS = "collection.view"  # of the collection, a room below: figures of lending stand beside it
READ_FIGURES = "monitor.report"  # of the Monitor: who reads figures of a level
SET_GOALS = "plans.edit_plans"  # of plans: a figure only leads there
