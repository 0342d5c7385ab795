"""The demo of the Monitor: invented rounds with a pattern that a page can tell about."""

from __future__ import annotations

from leesbouw.core.story import Story, Tell, part

from .rounds import make_rounds

__all__ = ["fill"]


@part("monitor", after=("organisations", "people", "pupils", "books"))
def fill(story: Story, tell: Tell) -> None:
    for done, total in make_rounds(story):
        tell(done, total)
