"""Some children at the first school of the demo, for pages that need them; put straight into the database."""

from __future__ import annotations

from datetime import date

from leesbouw.core.time import SchoolYear

from .server import Server

SCHOOL_CODE = "99AA00"
NAMES = (
    ("Noor", "de", "Vriezenaar"),
    ("Noor", "", "Vlinderman"),
    ("Fenna", "", "Kwartel"),
    ("Ysbrand", "", "Zandloper"),
)


def settle(server: Server) -> None:
    """Adds them to those of the demo, once; the last one is in no group."""
    place = server.ask("SELECT id FROM organisations_unit WHERE code = ?", SCHOOL_CODE)[0]
    if server.ask("SELECT count(*) FROM pupils_pupil WHERE ref = ?", f"{1:032x}")[0]:
        return
    group = server.ask(
        "SELECT id FROM organisations_classgroup WHERE location_id = ? AND year <= ? ORDER BY year DESC, name",
        place,
        SchoolYear.running().first,
    )
    for number, (first, infix, last) in enumerate(NAMES, 1):
        server.ask(
            "INSERT INTO pupils_pupil (ref, location_id, key, eck_id, first_name, infix, last_name, joined_on, version)"
            " VALUES (?, ?, ?, '', ?, ?, ?, ?, 1)",
            f"{number:032x}", place, f"000{number}", first, infix, last, str(date(2020, 8, 1)),
        )  # fmt: skip
        if group and number < len(NAMES):
            server.ask(
                "INSERT INTO pupils_enrolment (pupil_id, group_id, starts_on)"
                " SELECT id, ?, ? FROM pupils_pupil WHERE ref = ?",
                group[0], str(date(2020, 8, 1)), f"{number:032x}",
            )  # fmt: skip
