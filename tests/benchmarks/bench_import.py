"""DUO's 6,215 school locations: read, checked and stored; then the same file again, the pupils, and the undo.

Uses the real files where they lie beside the project, else one of the same size that is made here.
"""

from __future__ import annotations

from pathlib import Path

from . import measure

DUO = Path(__file__).resolve().parents[3] / "shared" / "data" / "duo"
LOCATIONS = "03-alle-vestigingen-bo_2021.csv"
PUPILS = "01.-leerlingen-bo-gewicht,-leeftijd-2016-2017.csv"
ROWS = 6215


def made_locations() -> bytes:
    head = (
        "PROVINCIE;BEVOEGD GEZAG NUMMER;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;"
        "HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES"
    )
    rows = [head]
    for n in range(ROWS):
        brin = f"{n // 676 % 100:02d}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}"
        rows.append(
            f"Utrecht;{n % 800 + 10000};{brin};{brin}00;School {n};Laan;{n % 99 + 1};1234 AB;DORP {n % 900};"
            f"{n % 345 + 1:04d};GEMEENTE {n % 345};Openbaar;0301234567;www.school{n}.nl"
        )
    return "\r\n".join(rows).encode("cp1252")


def main() -> None:
    measure.start()
    from leesbouw.core.access import SYSTEM
    from leesbouw.exchange import actions
    from leesbouw.exchange.models import ImportRun

    path = DUO / LOCATIONS
    content = path.read_bytes() if path.exists() else made_locations()
    on = "the real file" if path.exists() else "a made file"

    def whole(code: str, name: str, bytes_: bytes) -> tuple[ImportRun, float, float]:
        def check() -> ImportRun:
            run = actions.begin_run(
                content=bytes_, file_name=name, importer_code=code, by=SYSTEM, options={"reach": "all"}
            )
            return actions.preview_run(run=run, by=SYSTEM)

        runs: list[ImportRun] = []
        checked = measure.seconds(lambda: runs.append(check()))
        run = runs[0]

        def store() -> None:
            actions.skip_faulty(run=run, by=SYSTEM)
            actions.apply_run(run=actions.start_run(run=run, by=SYSTEM, queue=False), by=SYSTEM)

        return run, checked, measure.seconds(store)

    run, checked, stored = whole("schools", LOCATIONS, content)
    assert run.counts["new"] == ROWS, run.counts
    measure.say(
        "import of 6,215 locations, with preview", checked + stored, "s", on, preview=round(checked, 2)
    )
    again, checked, stored = whole("schools", LOCATIONS, content)
    assert again.counts["new"] + again.counts["changed"] == 0, again.counts
    measure.say("the same file again", checked + stored, "s", on, preview=round(checked, 2))
    pupils = DUO / PUPILS
    if pupils.exists():
        sizes, checked, stored = whole("school-sizes", PUPILS, pupils.read_bytes())
        measure.say(
            "import of pupils, 17,059 rows",
            checked + stored,
            "s",
            on,
            preview=round(checked, 2),
            new=sizes.counts["new"],
        )
        undo(sizes)
    measure.say("undo of 6,215 locations", measure.seconds(lambda: undo(run)), "s", on)


def undo(run) -> None:  # type: ignore[no-untyped-def]
    from leesbouw.core.access import SYSTEM
    from leesbouw.exchange import actions

    run.refresh_from_db()
    done = actions.undo_run(run=actions.start_undo(run=run, by=SYSTEM, queue=False), by=SYSTEM)
    assert not done.counts["blocked"], done.counts


if __name__ == "__main__":
    main()
