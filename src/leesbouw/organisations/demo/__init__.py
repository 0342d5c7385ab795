"""The demo's organisations: who there is, what belonged to whom in three years, and who works together with whom."""

from __future__ import annotations

from leesbouw.core.story import Story, Tell, part

from ..actions import reindex
from .agreements import make_agreements
from .cooperation import make_cooperation
from .places import make_groups, make_locations, make_years
from .units import make_units


@part("organisations")
def fill(story: Story, tell: Tell) -> None:
    """Everything of organisations; the search index last, when all scopes are known."""
    rows = story.rows("locations")
    total = 2 * len(rows) + 2
    make_units(story)
    make_locations(story)
    make_years(story)
    tell(1, total)
    for done, row in enumerate(rows, 2):
        make_groups(story, row)
        tell(done, total)
    for done, row in enumerate(rows, 2 + len(rows)):
        make_cooperation(story, row)
        tell(done, total)
    make_agreements(story)
    reindex()
    tell(total, total)


__all__ = ["fill"]
