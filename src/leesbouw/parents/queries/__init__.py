"""Every read of parents; each starts from what the actor may see."""

from .guide import GUIDE, ParentGuide, guide, guide_item, talk_guide
from .pages import (
    Home,
    Place,
    home,
    judgements,
    library_for,
    may_write,
    others_to_invite,
    place_page,
    place_url,
    plan_with_parents,
    talk_by_id,
    talks_for,
    talks_to_write_up,
    wish_by_id,
    works_at_library,
)
from .selection import ROUTE, Known, SelectionRow, own_answers, selection_rows
from .talks import talks_again, talks_elsewhere

__all__ = [
    "GUIDE",
    "ROUTE",
    "Home",
    "Known",
    "ParentGuide",
    "Place",
    "SelectionRow",
    "guide",
    "guide_item",
    "home",
    "judgements",
    "library_for",
    "may_write",
    "others_to_invite",
    "own_answers",
    "place_page",
    "place_url",
    "plan_with_parents",
    "selection_rows",
    "talk_by_id",
    "talk_guide",
    "talks_again",
    "talks_elsewhere",
    "talks_for",
    "talks_to_write_up",
    "wish_by_id",
    "works_at_library",
]
