"""The demo's imports: files that were really brought in, so that they can be undone, and one that waits."""

from __future__ import annotations

from leesbouw.core.story import Story, Tell, part

from .pupil_lists import bring_pupil_lists
from .register import bring_register

__all__ = ["fill"]


@part("exchange", after=("network", "pupils"))
def fill(story: Story, tell: Tell) -> None:
    for done, step in enumerate((bring_register, bring_pupil_lists), 1):
        step(story)
        tell(done, 2)
