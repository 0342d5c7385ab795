"""Everything with a name that is no location: nation, province, municipalities, libraries, boards and partners."""

from __future__ import annotations

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story

from ..actions import (
    BoardRow,
    MunicipalityRow,
    choose_area,
    create_branch,
    create_library,
    create_partner,
    ensure_nation,
    put_boards,
    put_municipalities,
    put_poi,
    put_provinces,
)


def make_units(story: Story) -> None:
    units = story.made["units"]
    for row in story.rows("nations"):
        units[row["code"]] = ensure_nation(by=SYSTEM)
    for row in story.rows("pois"):
        units[row["code"]] = put_poi(code=row["code"], name=row["name"], by=SYSTEM)
    provinces = story.rows("provinces")
    made = put_provinces(
        [row["name"] for row in provinces],
        poi={row["name"]: units[row["poi"]] for row in provinces},
        by=SYSTEM,
    )
    units.update({row["code"]: made[row["name"]] for row in provinces})
    municipalities = [
        MunicipalityRow(row["code"], row["name"], units[row["province"]].name)
        for row in story.rows("municipalities")
    ]
    units.update(put_municipalities(municipalities, by=SYSTEM))
    boards = [
        BoardRow(row["code"], row["name"], row["board_kind"], row["website"]) for row in story.rows("boards")
    ]
    units.update(put_boards(boards, by=SYSTEM))
    _make_libraries(story)


def _make_libraries(story: Story) -> None:
    units = story.made["units"]
    for row in story.rows("libraries"):
        library = create_library(
            code=row["code"],
            name=row["name"],
            province=units[row["province"]],
            website=row["website"],
            by=SYSTEM,
        )
        area = [units[code].pk for code in row["area"]]
        choose_area(library=library, municipality_ids=area, starts_on=story.day(row["area_since"]), by=SYSTEM)
        units[row["code"]] = library
        story.made["serving"].update(dict.fromkeys(row["area"], library))
    for row in story.rows("branches"):
        units[row["code"]] = create_branch(
            library=units[row["library"]],
            code=row["code"],
            name=row["name"],
            municipality=units[row["municipality"]],
            street=row["street"],
            postcode=row["postcode"],
            town=row["town"],
            by=SYSTEM,
        )
    for row in story.rows("partners"):
        units[row["code"]] = create_partner(
            library=units[row["library"]],
            name=row["name"],
            partner_kind=row["partner_kind"],
            municipality=units[row["municipality"]],
            note=row["note"],
            by=SYSTEM,
        )
