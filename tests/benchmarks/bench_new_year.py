"""A school to its new year and back again: one of 250 pupils at once, one of 1,500 as its job does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import measure

if TYPE_CHECKING:
    from leesbouw.core.time import SchoolYear
    from leesbouw.organisations.models import Library, Location

PER_GROUP = 25
YEARS = 6


def main() -> None:
    measure.start()
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.core.time import SchoolYear
    from leesbouw.organisations.actions import begin_transition
    from leesbouw.pupils.actions import move_up_pupils, take_back_moves
    from tests.factories.cast import make_cast

    cast, year = make_cast(), SchoolYear.running()
    for size, place, library in (
        (250, cast.a1, cast.library_a),
        (1500, cast.b1, cast.library_b),
    ):
        fill(place, library, year, size)
        transition = begin_transition(location=place, year=year.next, by=SYSTEM)
        take_over_all(place, year.next)
        there, back = [], []
        for _time in range(3):
            there.append(
                measure.seconds(lambda place=place: move_up_pupils(location=place, year=year.next, by=SYSTEM))
            )
            back.append(
                measure.seconds(lambda pk=transition.pk: take_back_moves(transition_id=pk, by=SYSTEM))
            )
        measure.say(f"{size} pupils moved up", 1000 * min(there), "ms", "SQLite file")
        measure.say(f"{size} pupils taken back", 1000 * min(back), "ms", "SQLite file")


def fill(place: Location, library: Library, year: SchoolYear, size: int) -> None:
    """An agreement for the place, its groups of this year and that many pupils in them."""
    from leesbouw.core.access import SYSTEM
    from leesbouw.organisations.actions import GroupRow, record_agreement, save_groups
    from leesbouw.pupils.actions import PupilRow, put_pupils

    record_agreement(
        location=place,
        library=library,
        version="4.0",
        signed_on=year.starts_on,
        starts_on=year.starts_on,
        signer_name="M. Kaya",
        signer_function="directeur",
        by=SYSTEM,
    )
    wanted = [
        GroupRow(f"{n % YEARS + 1}{chr(65 + n // YEARS)}", (n % YEARS + 1,)) for n in range(size // PER_GROUP)
    ]
    groups = list(save_groups(wanted, location=place, year=year, by=SYSTEM).values())
    rows = [
        PupilRow(
            first_name=f"Kind{n}",
            last_name=f"Van{n}",
            key=f"{n:05}",
            group_id=groups[n % len(groups)].pk,
            starts_on=year.starts_on,
        )
        for n in range(size)
    ]
    put_pupils(rows, location=place, by=SYSTEM)


def take_over_all(place: Location, year: SchoolYear) -> None:
    """Next year's groups exactly as the page offers them."""
    from leesbouw.core.access import SYSTEM
    from leesbouw.organisations.actions import NextGroupRow, take_over_groups
    from leesbouw.organisations.queries import group_offers

    offers = group_offers(SYSTEM, place, year)
    rows = [NextGroupRow(offer.name, offer.year_groups, offer.follows, offer.id) for offer in offers]
    take_over_groups(rows, location=place, year=year, by=SYSTEM)


if __name__ == "__main__":
    main()
