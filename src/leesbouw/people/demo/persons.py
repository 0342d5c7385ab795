"""Colleagues and contacts as the story tells them, with their relations and assignments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Row, Story

from ..actions import (
    AssignmentRow,
    ContactRow,
    RelationRow,
    StaffRow,
    assign_consultants,
    relate_all,
    save_contacts,
    save_staff,
)

KNOWN_SINCE = "Y-2-08-01"  # the first day that is told: who has no other day was there already


def make_staff(story: Story) -> None:
    """Colleagues; their accounts are there, so each is tied to hers."""
    rows, units = story.rows("staff"), story.made["units"]
    at_branch = {
        row.get("person"): row["unit"] for row in story.rows("users") if row["unit_kind"] == "branch"
    }
    saved = save_staff(
        [
            StaffRow(
                library_id=units[row["library"]].pk,
                name=row["name"],
                functions=(row["function"],),
                email=row["mail"],
                branch_id=units[at_branch[row["code"]]].pk if row["code"] in at_branch else None,
                starts_on=story.day(row["starts_on"]),
                ends_on=story.day_or_none(row, "ends_on"),
            )
            for row in rows
        ],
        by=SYSTEM,
    )
    story.made["people"].update(zip((row["code"] for row in rows), saved, strict=True))


def make_contacts(story: Story) -> None:
    rows = story.rows("contacts")
    saved = save_contacts([contact_row(story, row) for row in rows], by=SYSTEM)
    story.made["people"].update(zip((row["code"] for row in rows), saved, strict=True))


def contact_row(story: Story, row: Row) -> ContactRow:
    units = story.made["units"]
    return ContactRow(
        unit_id=units[row["unit"]].pk,
        library_id=units[row["library"]].pk,
        name=row["name"],
        function=row["function"],
        level=row["level"],
        network_roles=tuple(row.get("network_roles", ())),
        policy_fields=tuple(row.get("policy_fields", ())),
        email=row["mail"],
        starts_on=story.day(row.get("starts_on", KNOWN_SINCE)),
        left_on=story.day_or_none(row, "ends_on"),
    )


def make_relations(story: Story) -> None:
    """From the day on which both were there."""
    people = story.made["people"]
    pairs = [(people[row["contact"]], people[row["staff"]]) for row in story.rows("relations")]
    relate_all(
        [
            RelationRow(
                contact, member, max(contact.starts_on, member.starts_on), contact.left_on or member.ends_on
            )
            for contact, member in pairs
        ],
        by=SYSTEM,
    )


def make_assignments(story: Story) -> None:
    """Each at the partnership that held on its first day."""
    assign_consultants(
        [
            AssignmentRow(
                partnership_id=_partnership(story, row["location"], story.day(row["starts_on"])),
                staff_id=story.made["people"][row["staff"]].pk,
                role=row["role"],
                hours_per_year=Decimal(row["hours_per_year"]),
                starts_on=story.day(row["starts_on"]),
                ends_on=story.day_or_none(row, "ends_on"),
            )
            for row in story.rows("assignments")
        ],
        by=SYSTEM,
    )


def _partnership(story: Story, location: str, day: date) -> int:
    """The partnership that began last before this day. Raises ValueError when there was none."""
    begun = [
        (starts_on, row.pk)
        for (code, starts_on), row in story.made["partnerships"].items()
        if code == location and starts_on <= day
    ]
    return max(begun)[1]
