"""Where the bouwstenen of a unit stand, this year and before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location, Municipality, Unit
from leesbouw.organisations.queries import locations_for

from ..enums import BlockOf, BlockStatus, PracticeAnswer
from ..models import Action, BlockEvidence, BlockSolution, BlockYear
from ..permissions import EDIT_BLOCKS
from .building import Block, Challenge, Practice, Solution, blocks_of, blocks_of_kind
from .todo import actions_for

STATUS = "status_"  # before the code of a bouwsteen: its status as a column of the matrix


@dataclass(frozen=True, slots=True)
class Standing:
    """A bouwsteen of a unit in a year. `row` is None until somebody wrote it down; `before` is the year before."""

    block: Block
    unit: Unit
    year: SchoolYear
    row: BlockYear | None
    before: BlockYear | None

    @property
    def status(self) -> BlockStatus:
        return BlockStatus(self.row.status if self.row else BlockStatus.NOT_STARTED)

    @property
    def met(self) -> int:
        """How many good practices are there."""
        return practices_met(self.block, self.row)

    @property
    def change(self) -> int:
        """Steps forward since last year, below zero for backward; 0 when either year is not written down."""
        return self.row.status - self.before.status if self.row and self.before else 0

    @property
    def url(self) -> str:
        return block_url(self.unit, self.block.code)


def practices_met(block: Block, row: BlockYear | None) -> int:
    """How many of the good practices of a bouwsteen were answered with yes."""
    checks = row.checks if row else {}
    return sum(checks.get(one.code) == PracticeAnswer.YES for one in block.practices)


def wall_url(unit: Unit) -> str:
    """The page with all bouwstenen of a unit."""
    if isinstance(unit, Location):
        return reverse("plans:wall", args=[unit.place, unit.code])
    return reverse("plans:library-wall", args=[unit.code])


def block_url(unit: Unit, code: str) -> str:
    """The page of one bouwsteen of a unit."""
    return f"{wall_url(unit)}{code}/"


def standings(actor: Actor, unit: Unit, year: SchoolYear) -> list[Standing]:
    """Where each bouwsteen of a unit stands, in the order of the wall. One query."""
    rows = BlockYear.objects.visible_to(actor).filter(unit=unit.pk, year__in=[year, year.previous])
    by_place: dict[tuple[str, object], BlockYear] = {(row.block, row.year): row for row in rows}
    return [
        Standing(
            block=block,
            unit=unit,
            year=year,
            row=by_place.get((block.code, year)),
            before=by_place.get((block.code, year.previous)),
        )
        for block in blocks_of(unit)
    ]


def standing_of(actor: Actor, unit: Unit, code: str, year: SchoolYear) -> Standing:
    """Raises LookupError for a bouwsteen that the unit does not have."""
    for standing in standings(actor, unit, year):
        if standing.block.code == code:
            return standing
    raise LookupError(f"no bouwsteen {code}")


def evidence_of(actor: Actor, unit: Unit, year: SchoolYear) -> QuerySet[BlockEvidence]:
    """What shows in a year where the bouwstenen of a unit stand."""
    still = Q(last_year=None) | Q(last_year__gte=year)
    return BlockEvidence.objects.visible_to(actor).filter(still, unit=unit.pk, first_year__lte=year)


def block_year(actor: Actor, unit: Unit, block: Block, year: SchoolYear) -> BlockYear:
    """What was written down about a bouwsteen in a year; without that an empty one, not kept yet."""
    rows = BlockYear.objects.visible_to(actor).filter(unit=unit.pk, block=block.code, year=year)
    return rows.first() or BlockYear(unit_id=unit.pk, block=block.code, year=year)


def years_of_block(actor: Actor, unit: Unit, block: Block) -> list[tuple[BlockYear, int]]:
    """Every year that was written down, the newest first, with how many good practices were there."""
    rows = BlockYear.objects.visible_to(actor).filter(unit=unit.pk, block=block.code).order_by("-year")
    return [(row, practices_met(block, row)) for row in rows]


@dataclass(frozen=True, slots=True)
class ChosenSolution:
    """A solution that became an action. `action` is None where the reader may not see it."""

    solution: Solution
    action: Action | None


def chosen_solutions(actor: Actor, unit: Unit, block: Block, year: SchoolYear) -> list[ChosenSolution]:
    """What was chosen for a bouwsteen in a year, with what became of it; what nobody does any more is left out."""
    rows = BlockSolution.objects.visible_to(actor).filter(
        unit=unit.pk, block=block.code, year=year, action__dropped_at=None
    )
    chosen = list(rows.values_list("code", "action"))
    seen = actions_for(actor).in_bulk([pk for _code, pk in chosen])
    texts = {one.code: one for one in block.solutions}
    return [ChosenSolution(texts[code], seen.get(pk)) for code, pk in chosen if code in texts]


def helpful(block: Block, challenges: Sequence[str]) -> list[Solution]:
    """The solutions of a bouwsteen, those that answer a picked challenge first."""
    return sorted(block.solutions, key=lambda one: not set(one.answers) & set(challenges))


def challenges_by_party(block: Block) -> dict[str, list[Challenge]]:
    """Known challenges by whom they lie with, in the order of the content."""
    found: dict[str, list[Challenge]] = {}
    for one in block.challenges:
        found.setdefault(one.party, []).append(one)
    return found


def answers_of(block: Block, row: BlockYear | None) -> list[tuple[Practice, PracticeAnswer | None]]:
    """Every good practice with its answer; None where nobody answered, which is not the same as no."""
    checks: Mapping[str, str] = row.checks if row else {}
    return [
        (one, PracticeAnswer(checks[one.code]) if one.code in checks else None) for one in block.practices
    ]


def may_write_blocks(actor: Actor, unit: Unit, year: SchoolYear) -> bool:
    """Who works at the unit or with it writes about the running school year and the next; a closed year stays."""
    reach = unit.pk in actor.locations or unit.pk in actor.libraries
    return actor.may(EDIT_BLOCKS) and reach and year in (SchoolYear.running(), SchoolYear.running().next)


def matrix_rows(actor: Actor, of: BlockOf, year: SchoolYear) -> QuerySet[Location]:
    """Locations within reach with the status of each of their bouwstenen, as `status_<code>`; None when not told."""
    at_childcare = Q(sector=Sector.CHILDCARE)
    rows = locations_for(actor, year).filter(within(actor.locations, "pk"))
    rows = rows.filter(at_childcare if of is BlockOf.CHILDCARE else ~at_childcare)
    told = BlockYear.objects.visible_to(actor).filter(unit=OuterRef("pk"), year=year)
    return rows.annotate(
        **{
            column_of(block): Subquery(told.filter(block=block.code).values("status")[:1])
            for block in blocks_of_kind(of)
        }
    )


def column_of(block: Block) -> str:
    """The name of a bouwsteen as a column of the matrix."""
    return STATUS + block.code.replace("-", "_")


def standing_so(rows: QuerySet[Location], columns: Sequence[str], status: int | None) -> QuerySet[Location]:
    """Of the rows of a matrix those with this status, or with none told, in one of these columns."""
    wanted = Q()
    for column in columns:
        wanted |= Q(**({f"{column}__isnull": True} if status is None else {column: status}))
    return rows.filter(wanted)


def municipalities_of_matrix(actor: Actor) -> QuerySet[Municipality]:
    """Municipalities that a matrix can be narrowed to."""
    return Municipality.objects.visible_to(actor)
