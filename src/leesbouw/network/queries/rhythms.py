"""How often the library talks with whom: its own choice per unit and level, else the shipped rhythm."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import PartnershipType, UnitKind
from leesbouw.organisations.models import (
    Library,
    LibraryArea,
    Location,
    Partner,
    Partnership,
    Unit,
    address_of,
)
from leesbouw.people.models import ConsultantAssignment

from ..enums import TalkKind
from ..models import TalkRhythm
from .guides import RhythmBody, default_rhythms, kind_of_rhythm, rhythm_status

STRUCTURAL = frozenset({PartnershipType.DBOS.value, PartnershipType.COMPARABLE.value})
OWN_CHOICE = "lokaal"  # the status of a rhythm that the library set itself


class UnitLine(NamedTuple):
    """What a list shows of a unit; thousands of whole units would take longer than the page may.

    Like the other lines of this room a named tuple, which is made in less than half the time of a frozen dataclass.
    """

    pk: int
    kind: str
    code: str
    name: str

    def get_absolute_url(self) -> str:
        return address_of(self.kind, self.code)

    def get_kind_display(self) -> str:
        return str(UnitKind(self.kind).label)


class Party(NamedTuple):
    """An organisation that a library works with, and since when."""

    library_id: int
    unit: UnitLine
    since: date
    sector: str = ""
    municipality_id: int | None = None
    structural: bool = True  # shipped rhythms hold only where one works together in earnest
    consultant_id: int | None = None  # the colleague with most hours there


class Rhythm(NamedTuple):
    """How often a party is spoken at a level; `status` tells where that comes from."""

    party: Party
    level: str
    kind: str
    per_year: int
    guide: str
    status: str
    starts_on: date
    staff_id: int | None = None
    row: TalkRhythm | None = None


PARTNERSHIP = (
    *("library_id", "consultant_id", "starts_on", "type", "location_id"),
    *(
        "location__code",
        "location__name",
        "location__sector",
        "location__municipality_id",
        "location__board_id",
    ),
)


Units = Mapping[int, UnitLine]  # None where a whole agenda is asked
Chosen = list[TalkRhythm]


def parties_of(actor: Actor, units: Units | None, chosen: Chosen) -> list[Party]:
    """Everybody the actor's libraries work with today, or of these units: locations, boards and municipalities, partners.

    Four queries, whatever the number; one for locations alone.
    """
    libraries = actor.libraries if isinstance(actor.libraries, frozenset) else frozenset()
    found: dict[tuple[int, int], Party] = {}
    _add_locations(actor, found, Partnership.objects.visible_to(actor).filter(library__in=libraries), units)
    left = {
        line.kind
        for pk, line in (units or {}).items()
        if all((library, pk) not in found for library in libraries)
    }
    if units is None or UnitKind.MUNICIPALITY in left:
        areas = LibraryArea.objects.filter(on_day(today()), library__in=libraries)
        town = ("municipality_id", "municipality__code", "municipality__name")
        for library, since, pk, code, name in areas.values_list("library_id", "starts_on", *town):
            line = UnitLine(pk, UnitKind.MUNICIPALITY, code, name)
            found.setdefault((library, pk), Party(library, line, since, "", pk))
    if units is None or UnitKind.PARTNER in left:
        for partner in Partner.objects.visible_to(actor).filter(library__in=libraries):
            party = Party(
                partner.library_id, line_of(partner), partner.created_at.date(), "", partner.municipality_id
            )
            found.setdefault((partner.library_id, partner.pk), party)
    _add_chosen(chosen, found)
    return [party for party in found.values() if units is None or party.unit.pk in units]


def chosen_rhythms(actor: Actor, units: Units | None) -> Chosen:
    """What the library chose itself, and holds today. One query."""
    rows = TalkRhythm.objects.visible_to(actor).filter(on_day(today()))
    rows = rows if units is None else rows.filter(unit__in=list(units))
    return list(rows.select_related("unit__as_location").order_by("starts_on", "pk"))


def parties_with_rhythms(actor: Actor, units: Units | None) -> tuple[list[Party], list[Rhythm]]:
    """Who is spoken, and how often. Five queries, whatever the number; two for locations alone."""
    chosen = chosen_rhythms(actor, units)
    parties = parties_of(actor, units, chosen)
    return parties, rhythms_for(parties, chosen)


def _lines(ids: Collection[int]) -> dict[int, UnitLine]:
    rows = Unit.objects.filter(pk__in=ids).values_list("pk", "kind", "code", "name")
    return {line[0]: UnitLine(*line) for line in rows}


def line_of(unit: Unit) -> UnitLine:
    return UnitLine(unit.pk, unit.kind, unit.code, unit.name)


def _most_hours(actor: Actor) -> Subquery:
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()), partnership=OuterRef("pk"))
    return Subquery(rows.order_by(F("hours_per_year").desc(nulls_last=True), "pk").values("staff")[:1])


def _add_locations(
    actor: Actor,
    found: dict[tuple[int, int], Party],
    partnerships: QuerySet[Partnership],
    units: Units | None,
) -> None:
    """Locations with a partnership; and where one works together in earnest their boards and municipalities."""
    rows = partnerships.filter(on_day(today())).order_by("starts_on", "pk")
    rows = rows.annotate(consultant_id=_most_hours(actor))
    if units is not None:
        ids = list(units)
        rows = rows.filter(
            Q(location__in=ids) | Q(location__board__in=ids) | Q(location__municipality__in=ids)
        )
    known = list(rows.values_list(*PARTNERSHIP))
    above = units if units is not None else _lines({pk for row in known for pk in row[-2:] if pk})
    for library, consultant, since, type_, location, code, name, sector, municipality, board in known:
        structural = type_ in STRUCTURAL
        line = UnitLine(location, UnitKind.LOCATION, code, name)
        found[library, location] = Party(library, line, since, sector, municipality, structural, consultant)
        for higher in (board, municipality) if structural else ():
            if higher in above and (library, higher) not in found:
                line = above[higher]
                found[library, higher] = Party(library, line, since, municipality_id=_own_municipality(line))


def _add_chosen(chosen: Chosen, found: dict[tuple[int, int], Party]) -> None:
    """Whoever the library chose a rhythm for is a party too, also without a partnership."""
    for row in chosen:
        location = getattr(row.unit, "as_location", None)
        party = Party(
            row.library_id,
            line_of(row.unit),
            row.starts_on,
            location.sector if location else "",
            location.municipality_id if location else _own_municipality(row.unit),
            structural=False,
        )
        found.setdefault((row.library_id, row.unit_id), party)


def _own_municipality(unit: Unit | UnitLine) -> int | None:
    return unit.pk if unit.kind == UnitKind.MUNICIPALITY else None


def rhythms_for(parties: Iterable[Party], own: Chosen) -> list[Rhythm]:
    """The rhythm of each party per level and kind: the library's own choice, else the shipped one. No query."""
    chosen: dict[tuple[int, int], list[TalkRhythm]] = {}
    for row in own:
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
    units = {unit.pk: line_of(unit)}
    found = parties_of(actor, units, chosen_rhythms(actor, units))
    return found[0] if found else None


def rhythms_of(actor: Actor, unit: Unit) -> list[Rhythm]:
    """The rhythms that hold for one unit, strategic first."""
    order = ("strategic", "tactical", "operational")
    _parties, found = parties_with_rhythms(actor, {unit.pk: line_of(unit)})
    return sorted(found, key=lambda rhythm: order.index(rhythm.level))


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
