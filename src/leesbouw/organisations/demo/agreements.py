"""The processing agreements of the demo: most schools have one, and one of every other state is told."""

from __future__ import annotations

from datetime import date, timedelta

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Row, Story

from ..actions import record_agreement, record_agreements
from ..enums import AgreementChannel, PartnershipType
from ..models import Library, Location

LASTS = 3 * 365 + 1  # three years with a leap day among them
STRUCTURAL = {PartnershipType.DBOS, PartnershipType.COMPARABLE}
SIGNED_BY_LINK = "99AA00"  # its paper is printed by the room above


def make_agreements(story: Story) -> None:
    """Boards that sign for all their schools first, then each school with its own head."""
    told = {row["location"]: row["state"] for row in story.rows("agreements")}
    left = [row for row in story.rows("locations") if _has_agreement(row, told)]
    left = [row for row in left if story.made["units"][row["code"]].is_school]
    for board in story.rows("together"):
        mine = [row for row in left if row["board"] == board["board"] and row["code"] not in told]
        if mine:
            _for_board(story, mine, board["signer"])
            left = [row for row in left if row not in mine]
    for row in left:
        state = told.get(row["code"], "valid")
        if state in {"valid", "soon", "over"}:
            _for_school(story, row, state)


def _has_agreement(row: Row, told: dict[str, str]) -> bool:
    """Whoever works together for good, and whoever the story says it of."""
    is_structural = row.get("partnership", {}).get("type") in STRUCTURAL
    return is_structural or told.get(row["code"]) == "valid"


def _for_board(story: Story, rows: list[Row], signer: str) -> None:
    places: list[Location] = [story.made["units"][row["code"]] for row in rows]
    starts_on = _begun(story, "Y-1-09-01")
    record_agreements(
        library=_served(story, rows[0]),
        locations=places,
        version="4.0",
        signed_on=starts_on - timedelta(days=6),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=LASTS - 1),
        signer_name=signer,
        signer_function="bestuurder",
        privacy_annex=True,
        security_annex=True,
        by=SYSTEM,
    )


def _for_school(story: Story, row: Row, state: str) -> None:
    ends_on = {"soon": story.today + timedelta(days=58), "over": story.today - timedelta(days=24)}.get(state)
    starts_on = ends_on - timedelta(days=LASTS - 1) if ends_on else _begun(story, "Y0-08-20")
    record_agreement(
        library=_served(story, row),
        location=story.made["units"][row["code"]],
        version="4.0" if state == "valid" else "3.0",
        signed_on=starts_on - timedelta(days=4),
        starts_on=starts_on,
        ends_on=ends_on or starts_on + timedelta(days=LASTS - 1),
        signer_name=_head(story, row["code"]),
        signer_function="directeur",
        privacy_annex=True,
        security_annex=True,
        channel=AgreementChannel.LINK if row["code"] == SIGNED_BY_LINK else AgreementChannel.FILE,
        by=SYSTEM,
    )


def _served(story: Story, row: Row) -> Library:
    return story.made["serving"][row["municipality"]]


def _begun(story: Story, text: str) -> date:
    return min(story.day(text), story.today)


def _head(story: Story, code: str) -> str:
    """Who is head of a location in the story."""
    heads = [
        row["name"] for row in story.rows("contacts") if row["unit"] == code and row["function"] == "head"
    ]
    return heads[0] if heads else "De directeur"
