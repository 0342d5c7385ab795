"""The demo's people: colleagues, contacts, who talks to whom, who works where, and who teaches which group."""

from __future__ import annotations

from leesbouw.core.story import Story, Tell, part

from .persons import make_assignments, make_contacts, make_relations, make_staff
from .teachers import make_teachers

__all__ = ["fill"]


@part("people", after=("accounts",))
def fill(story: Story, tell: Tell) -> None:
    """First everybody, then what they have with each other."""
    total = 20
    make_staff(story)
    make_contacts(story)
    tell(1, total)
    make_relations(story)
    make_assignments(story)
    tell(2, total)
    make_teachers(story, lambda done, of: tell(2 + 18 * done // of, total))
