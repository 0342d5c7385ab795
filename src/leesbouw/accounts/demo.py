"""The demo's accounts: one person for every role, signed in with one click and never with a password."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.story import Row, Story, Tell, part

from .actions import add_role, create_user, invite
from .models import RoleAssignment
from .queries import actor_for


@part("accounts", after=("organisations",))
def fill(story: Story, tell: Tell) -> None:
    """Users with their roles, and invitations that wait for an answer."""
    users, invitations = story.rows("users"), story.rows("invitations")
    started = {row["code"]: row["starts_on"] for row in story.rows("staff")}
    for done, row in enumerate(users, 1):
        story.made["users"][row["mail"]] = create_user(email=row["mail"], name=row["name"], by=SYSTEM)
        _give(story, row, row, started)
        tell(done, len(users))
    for (
        row
    ) in users:  # after all first roles: the first holder of a role is who stands on the demo's front page
        for held in row.get("also", ()):
            _give(story, row, held, started)
    for row in invitations:
        _invite(story, row)


def _give(story: Story, row: Row, held: Row, started: dict[str, str]) -> None:
    """A role, from the day on which a colleague began; contacts have theirs since the first day that is told."""
    add_role(
        user=story.made["users"][row["mail"]],
        role_code=held["role"],
        unit=story.made["units"][held["unit"]],
        starts_on=story.day(started.get(row.get("person", ""), "Y-2-08-01")),
        by=SYSTEM,
    )


def _invite(story: Story, row: Row) -> None:
    """An invitation by one of the people of the story, so that the letter says who asks."""
    invite(
        email=row["mail"],
        name=row["name"],
        role_code=row["role"],
        unit=story.made["units"][row["unit"]],
        by=actor_of(story, row["by"], "administrator"),
    )


def actor_of(story: Story, mail: str, role_code: str) -> Actor:
    """One of the people of the story at work, for what is better done by a person than by the machine."""
    held = RoleAssignment.objects.filter(user=story.made["users"][mail], role=role_code)
    assignment = held.select_related("unit", "user").get()
    return actor_for(assignment, assignment.user)
