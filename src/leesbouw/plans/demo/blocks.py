"""The demo's loose actions, and where the bouwstenen stand; what was agreed in a talk comes with its talk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Story, Tell, part
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import Phase
from leesbouw.organisations.models import Library, Partnership, Unit
from leesbouw.people.models import StaffMember

from ..actions import (
    ActionRow,
    Assessment,
    EvidenceRow,
    SolutionRow,
    add_actions,
    add_evidence,
    assess_block,
    choose_solution,
)
from ..domain import needs_evidence
from ..enums import AgreedLevel, BlockStatus, EvidenceKind, PracticeAnswer
from ..queries import Block, blocks_of, evidence_of, helpful

BASE = {Phase.ACQUISITION: 0, Phase.IMPLEMENTATION: 1, Phase.EXECUTION: 2, Phase.ANCHORING: 3}
CHANCES = {0: (0, 0.2), 1: (0.3, 0.4), 2: (0.6, 0.3), 3: (0.9, 0.1)}  # of yes, and of partly, by status


@part("plans", after=("people",))
def fill(story: Story, tell: Tell) -> None:
    add_actions([_action(story, row) for row in story.rows("actions")], by=SYSTEM)
    found = list(units())
    for number, (unit, library, base, begins) in enumerate(found):
        _tell_blocks(story, unit, library, base, begins)
        tell(number + 1, len(found))


def _action(story: Story, row: dict) -> ActionRow:
    owner = story.made["people"][row["owner"]]
    ours = isinstance(owner, StaffMember)
    return ActionRow(
        unit_id=story.made["units"][row["unit"]].pk,
        library_id=owner.library_id,
        what=row["text"],
        side=row["side"],
        staff_id=owner.pk if ours else None,
        contact_id=None if ours else owner.pk,
        due_on=story.workday(story.day(row["due"])),
    )


def units() -> Iterator[tuple[Unit, int, int, SchoolYear]]:
    """Each library and each location with a lasting cooperation: with its library, how far it is and since when."""
    for library in Library.objects.order_by("pk"):
        yield library, library.pk, 2, SchoolYear.running().previous
    rows = Partnership.objects.filter(ends_on=None).order_by("location_id", "pk")
    seen: set[int] = set()
    for row in rows.select_related("location__municipality"):
        if row.is_structural and row.location_id not in seen:
            seen.add(row.location_id)
            yield row.location, row.library_id, BASE[Phase(row.phase)], SchoolYear.of(row.starts_on)


def _tell_blocks(story: Story, unit: Unit, library: int, base: int, begins: SchoolYear) -> None:
    """Some blocks run ahead and some stay behind; each year they are a little further."""
    chance = Random(f"bouwstenen {unit.code}")
    running = SchoolYear.running()
    years = [year for year in (running.previous.previous, running.previous, running) if not year < begins]
    for block in blocks_of(unit):
        ahead = chance.choice((-2, -1, -1, 0, 0) if base == 3 else (-1, 0, 0, 0, 1))
        for year in years:
            behind = running.first - year.first
            status = BlockStatus(max(0, min(3, base + ahead - (behind + 1) // 2)))
            picked = _stand(unit, block, year, status, chance)
            if year == running and picked and chance.random() < 0.5:
                _choose(story, unit, library, block, picked, chance)


def _stand(unit: Unit, block: Block, year: SchoolYear, status: BlockStatus, chance: Random) -> list[str]:
    """One year of one bouwsteen; gives the challenges that somebody picked."""
    if needs_evidence(status):
        _show(unit, block, year, chance)
    yes, partly = CHANCES[status]
    checks: dict[str, PracticeAnswer] = {}
    for one in block.practices:
        drawn = chance.random()
        checks[one.code] = (
            PracticeAnswer.YES
            if drawn < yes
            else PracticeAnswer.PARTLY
            if drawn < yes + partly
            else PracticeAnswer.NO
        )
    number = 0 if status == BlockStatus.ANCHORED else chance.randint(0, 2)
    picked = [one.code for one in chance.sample(list(block.challenges), number)]
    agreed = AgreedLevel(min(3, max(1, status))) if status else AgreedLevel.NONE
    stand = Assessment(status=status, agreed=agreed, checks=checks, challenges=picked)
    assess_block(unit=unit, code=block.code, year=year, assessment=stand, by=SYSTEM)
    return picked


def _show(unit: Unit, block: Block, year: SchoolYear, chance: Random) -> None:
    """Evidence that counts from the first year that needs it."""
    if evidence_of(SYSTEM, unit, year).filter(block=block.code).exists():
        return
    where = f"https://voorbeeld.example/{unit.code.lower()}/{block.code}"
    row = (
        EvidenceRow(EvidenceKind.LINK, f"Verslag over {block.name.lower()}, {year}", url=where)
        if chance.random() < 0.7
        else EvidenceRow(EvidenceKind.NOTE, "Besproken met het team en zo gezien", name="de leescoördinator")
    )
    add_evidence(unit=unit, code=block.code, year=year, evidence=row, by=SYSTEM)


def _choose(story: Story, unit: Unit, library: int, block: Block, picked: list[str], chance: Random) -> None:
    """The solution that fits best, with a day."""
    fitting = helpful(block, picked)[0]
    day = story.workday(today() + timedelta(days=chance.randint(5, 60)))
    chosen = SolutionRow(fitting.code, fitting.action, fitting.side, due_on=day, library_id=library)
    year = SchoolYear.running()
    choose_solution(unit=unit, code=block.code, year=year, solution=chosen, by=SYSTEM)
