"""How often the library talks with whom: its own choice per unit and level, else the shipped rhythm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import PartnershipType, UnitKind
from leesbouw.organisations.models import Library, LibraryArea, Location, Partner, Partnership, Unit

from ..enums import TalkKind
from ..models import TalkRhythm
from .guides import RhythmBody, default_rhythms, kind_of_rhythm, rhythm_status

OWN_CHOICE = "lokaal"  # the status of a rhythm that the library set itself


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that a library works with, and since when."""

    library_id: int
    unit: Unit
    since: date
    sector: str = ""
    municipality_id: int | None = None
    structural: bool = True  # shipped rhythms hold only where one works together in earnest
    partnership_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a party is spoken at a level; `status` tells where that comes from."""

    party: Party
    level: str
    kind: str
    per_year: int
    guide: str
    status: str
    starts_on: date
    staff_id: int | None = None
    row: TalkRhythm | None = field(default=None, compare=False)


def parties_of(actor: Actor, unit: Unit | None = None) -> list[Party]:
    """Everybody the actor's libraries work with today: locations, their boards and municipalities, partners."""
    libraries = actor.libraries if isinstance(actor.libraries, frozenset) else frozenset()
    found: dict[tuple[int, int], Party] = {}
    partnerships = Partnership.objects.visible_to(actor).filter(on_day(today()), library__in=libraries)
    for row in partnerships.select_related("location__board", "location__municipality").order_by(
        "starts_on", "pk"
    ):
        location = row.location
        structural = row.type in {PartnershipType.DBOS, PartnershipType.COMPARABLE}
        found[row.library_id, location.pk] = Party(
            row.library_id,
            location,
            row.starts_on,
            location.sector,
            location.municipality_id,
            structural,
            row.pk,
        )
        for above in (location.board, location.municipality):
            if structural and above is not None:
                found.setdefault(
                    (row.library_id, above.pk),
                    Party(row.library_id, above, row.starts_on, municipality_id=_own_municipality(above)),
                )
    areas = LibraryArea.objects.filter(on_day(today()), library__in=libraries).select_related("municipality")
    for area in areas:
        town = area.municipality
        found.setdefault(
            (area.library_id, town.pk), Party(area.library_id, town, area.starts_on, "", town.pk)
        )
    for partner in Partner.objects.visible_to(actor).filter(library__in=libraries):
        since = partner.created_at.date()
        found.setdefault(
            (partner.library_id, partner.pk),
            Party(partner.library_id, partner, since, "", partner.municipality_id),
        )
    _add_chosen(actor, found)
    return [party for party in found.values() if unit is None or party.unit.pk == unit.pk]


def _add_chosen(actor: Actor, found: dict[tuple[int, int], Party]) -> None:
    """Whoever the library chose a rhythm for is a party too, also without a partnership."""
    rows = TalkRhythm.objects.visible_to(actor).filter(on_day(today()))
    for row in rows.select_related("unit__as_location").order_by("starts_on", "pk"):
        location = getattr(row.unit, "as_location", None)
        party = Party(
            row.library_id,
            row.unit,
            row.starts_on,
            location.sector if location else "",
            location.municipality_id if location else _own_municipality(row.unit),
            structural=False,
        )
        found.setdefault((row.library_id, row.unit_id), party)


def _own_municipality(unit: Unit) -> int | None:
    return unit.pk if unit.kind == UnitKind.MUNICIPALITY else None


def rhythms_for(actor: Actor, parties: Iterable[Party]) -> list[Rhythm]:
    """The rhythm of each party per level and kind: the library's own choice, else the shipped one. One query."""
    parties = list(parties)
    chosen: dict[tuple[int, int], list[TalkRhythm]] = {}
    own = TalkRhythm.objects.visible_to(actor).filter(on_day(today()))
    for row in own.filter(unit__in={party.unit.pk for party in parties}):
        chosen.setdefault((row.library_id, row.unit_id), []).append(row)
    status = rhythm_status()
    shipped: dict[tuple[str, str], list[tuple[RhythmBody, TalkKind]]] = {}
    found = []
    for party in parties:
        rows = chosen.get((party.library_id, party.unit.pk), [])
        found += [_own(party, row) for row in rows]
        taken = {(row.level, row.kind) for row in rows}
        if party.structural:
            key = (party.unit.kind, party.sector)
            if key not in shipped:
                shipped[key] = [(one, kind_of_rhythm(one.guide)) for one in default_rhythms(*key)]
            found += [
                Rhythm(party, one.level, kind, one.per_year, one.guide, status, party.since)
                for one, kind in shipped[key]
                if (one.level, kind) not in taken
            ]
    return found


def _own(party: Party, row: TalkRhythm) -> Rhythm:
    return Rhythm(
        party, row.level, row.kind, row.per_year, row.guide, OWN_CHOICE, row.starts_on, row.staff_id, row
    )


def party_of(actor: Actor, unit: Unit) -> Party | None:
    """The unit as a party of the actor's library; None when they do not work together."""
    found = parties_of(actor, unit)
    return found[0] if found else None


def rhythms_of(actor: Actor, unit: Unit) -> list[Rhythm]:
    """The rhythms that hold for one unit, strategic first."""
    order = ("strategic", "tactical", "operational")
    return sorted(rhythms_for(actor, parties_of(actor, unit)), key=lambda rhythm: order.index(rhythm.level))


def main_rhythms(actor: Actor, unit: Unit) -> list[Rhythm]:
    """Of each level the rhythm of its usual kind: what one sets with one number."""
    sector = sector_of(unit)
    return [
        rhythm
        for rhythm in rhythms_of(actor, unit)
        if rhythm.kind == usual_kind(unit.kind, sector, rhythm.level)
    ]


def usual_rhythms(unit: Unit) -> list[RhythmBody]:
    """The shipped rhythms for this kind of organisation, whether or not the library set its own."""
    return default_rhythms(unit.kind, sector_of(unit))


def library_name(library_id: int) -> str:
    """The name of a library, for the head of a paper."""
    return Library.objects.filter(pk=library_id).values_list("name", flat=True).first() or ""


def library_name_of(actor: Actor) -> str:
    """The name of the library that an actor works for."""
    own = sorted(actor.libraries) if isinstance(actor.libraries, frozenset) else []
    return library_name(own[0]) if own else ""


def usual_kind(unit_kind: str, sector: str, level: str) -> str:
    """The kind of talk that the shipped rhythm of a level asks for; a progress talk where none is shipped."""
    found = (one for one in default_rhythms(unit_kind, sector) if one.level == level)
    first = next(found, None)
    return kind_of_rhythm(first.guide) if first else TalkKind.PROGRESS


def sector_of(unit: Unit) -> str:
    """The sector of a location; empty for every other kind of unit."""
    if unit.kind != UnitKind.LOCATION:
        return ""
    if isinstance(unit, Location):
        return unit.sector
    known = Location.objects.filter(pk=unit.pk).values_list("sector", flat=True).first()
    return known or ""
