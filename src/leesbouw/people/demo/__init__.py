"""The demo's people: colleagues, contacts, who talks to whom, who works where, and who teaches which group."""

from __future__ import annotations

from leesbouw.core.story import Story, Tell, part

from .persons import make_assignments, make_contacts, make_relations, make_staff
from .teachers import make_teachers
from .transition import demo_transition

__all__ = ["demo_transition", "fill"]


@part("people", after=("accounts",))
def fill(story: Story, tell: Tell) -> None:
    """First everybody, then what they have with each other."""
    steps = (make_staff, make_contacts, make_relations, make_assignments, make_teachers)
    for done, step in enumerate(steps, 1):
        step(story)
        tell(done, len(steps))
