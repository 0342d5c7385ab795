"""The demo's loose actions; what was agreed in a talk comes with its talk."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.people.models import StaffMember

from .actions import ActionRow, add_actions


@part("plans", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    add_actions([_action(story, row) for row in story.rows("actions")], by=SYSTEM)
    tell(1, 1)


def _action(story: Story, row: dict) -> ActionRow:
    owner = story.made["people"][row["owner"]]
    ours = isinstance(owner, StaffMember)
    return ActionRow(
        unit_id=story.made["units"][row["unit"]].pk,
        library_id=owner.library_id,
        what=row["text"],
        side=row["side"],
        staff_id=owner.pk if ours else None,
        contact_id=None if ours else owner.pk,
        due_on=story.workday(story.day(row["due"])),
    )
