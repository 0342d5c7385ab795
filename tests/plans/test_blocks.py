"""The bouwstenen: what content holds, where they stand, what shows it, and solutions that become actions."""

from __future__ import annotations

import pytest

from leesbouw.core.access import NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import (
    Assessment,
    EvidenceRow,
    SolutionRow,
    add_evidence,
    assess_block,
    choose_solution,
    drop_actions,
    drop_evidence,
    restore_evidence,
)
from leesbouw.plans.enums import AgreedLevel, BlockOf, BlockStatus, EvidenceKind, PracticeAnswer
from leesbouw.plans.models import BlockYear
from leesbouw.plans.queries import (
    actions_for,
    block_of,
    blocks_of,
    blocks_of_kind,
    chosen_solutions,
    evidence_of,
    helpful,
    matrix_rows,
    standing_of,
    standings,
)

YEAR = SchoolYear.running()
LINK = EvidenceRow(EvidenceKind.LINK, "Leesplan", url="https://voorbeeld.example/leesplan")
NOTE = EvidenceRow(EvidenceKind.NOTE, "Gezien in groep 5", name="de directeur")


def stand(status: BlockStatus, version: int | None = None, **more: object) -> Assessment:
    return Assessment(status=status, version=version, **more)  # type: ignore[arg-type]


def at(cast, code: str = "collection", year: SchoolYear = YEAR):  # type: ignore[no-untyped-def]
    return {"unit": cast.a1, "code": code, "year": year, "by": cast.manager}


# What content holds


def test_the_seven_of_the_school_hold_the_handbook_whole(cast) -> None:
    blocks = blocks_of_kind(BlockOf.SCHOOL)
    assert [block.code for block in blocks] == [
        "network",
        "expertise",
        "collection",
        "plan",
        "activities",
        "monitor",
        "digital",
    ]
    told = [[one for one in block.practices if not one.ours] for block in blocks]
    assert [len(found) for found in told] == [4, 6, 6, 5, 4, 3, 3]
    assert sum(len(block.challenges) for block in blocks) == 61
    assert sum(len(block.solutions) for block in blocks) == 34


def test_codes_agree_within_and_between_blocks(cast) -> None:
    known = {block.code for of in BlockOf for block in blocks_of_kind(of)}
    for of in BlockOf:
        for block in blocks_of_kind(of):
            challenges = {one.code for one in block.challenges}
            assert {one.block for one in block.related} <= known - {block.code}
            assert all(one.answers and set(one.answers) <= challenges for one in block.solutions)
            for items in (block.practices, block.challenges, block.solutions):
                assert len({one.code for one in items}) == len(items) > 0


def test_each_unit_has_its_own_blocks(cast) -> None:
    assert len(blocks_of(cast.a1)) == 7
    assert next(block.code for block in blocks_of(cast.k1)) == "childcare-network"
    assert [block.code for block in blocks_of(cast.library_a)] == ["logistics", "operation", "marketing"]
    assert blocks_of(cast.board_x) == []


def test_a_secondary_school_reads_its_own_number_of_books(cast) -> None:
    po = {one.code for one in block_of(cast.a1, "collection").practices}
    cast.a1.sector = "vo"
    vo = {one.code for one in block_of(cast.a1, "collection").practices}
    assert "books-per-pupil" in po - vo
    assert "books-per-pupil-secondary" in vo - po


# Where it stands


def test_above_in_preparation_something_must_show_it(cast) -> None:
    assess_block(**at(cast), assessment=stand(BlockStatus.PREPARING))
    with pytest.raises(Sentence, match="Voeg eerst bewijs toe"):
        assess_block(**at(cast), assessment=stand(BlockStatus.RUNNING))

    add_evidence(**at(cast), evidence=LINK)
    assert assess_block(**at(cast), assessment=stand(BlockStatus.RUNNING)).status == BlockStatus.RUNNING
    with pytest.raises(Sentence, match="Voeg eerst bewijs toe"):
        assess_block(**at(cast, "monitor"), assessment=stand(BlockStatus.ANCHORED))


def test_what_is_written_down_is_read_back_with_what_changed(cast) -> None:
    add_evidence(**at(cast), evidence=LINK)
    checks = {"books-per-pupil": PracticeAnswer.YES, "unknown": PracticeAnswer.YES}
    told = stand(
        BlockStatus.RUNNING, agreed=AgreedLevel.BASIC, checks=checks, challenges=["no-room", "unknown"]
    )
    row = assess_block(**at(cast), assessment=told)
    BlockYear.objects.create(unit_id=cast.a1.pk, block="collection", year=YEAR.previous, status=1)

    found = standing_of(cast.head, cast.a1, "collection", YEAR)
    assert (found.status, found.met, found.change) == (BlockStatus.RUNNING, 1, 1)
    assert (row.checks, row.challenges, row.agreed) == ({"books-per-pupil": "yes"}, ["no-room"], 2)
    event = AuditEvent.objects.filter(verb="plans.assess_block").get()
    assert (event.unit_id, event.data) == (
        cast.a1.pk,
        {"block": "collection", "year": str(YEAR), "status": 2},
    )


def test_two_who_write_at_once_both_see_it(cast) -> None:
    assess_block(**at(cast), assessment=stand(BlockStatus.PREPARING, version=0))
    with pytest.raises(Stale):
        assess_block(**at(cast), assessment=stand(BlockStatus.NOT_STARTED, version=0))


def test_a_year_that_is_over_stays_as_it_was(cast) -> None:
    for year in (YEAR.previous, YEAR.next.next):
        with pytest.raises(NotAllowed):
            assess_block(**at(cast, year=year), assessment=stand(BlockStatus.PREPARING))
    assert assess_block(**at(cast, year=YEAR.next), assessment=stand(BlockStatus.PREPARING)).version == 1


@pytest.mark.parametrize("name", ["other_library", "outsider", "other_head", "board", "municipality"])
def test_who_has_nothing_to_do_with_it_writes_nothing(cast, name: str) -> None:
    actor = getattr(cast, name)
    target = at(cast) | {"by": actor}
    with pytest.raises(NotAllowed):
        assess_block(**target, assessment=stand(BlockStatus.PREPARING))
    with pytest.raises(NotAllowed):
        add_evidence(**target, evidence=LINK)


# What shows it


def test_a_note_needs_a_name_and_a_link_an_address(cast) -> None:
    with pytest.raises(Sentence, match="wie voor deze notitie instaat"):
        add_evidence(**at(cast), evidence=EvidenceRow(EvidenceKind.NOTE, "Gezien"))
    with pytest.raises(Sentence, match="adres"):
        add_evidence(**at(cast), evidence=EvidenceRow(EvidenceKind.LINK, "Leesplan"))


def test_the_last_evidence_stays_while_the_status_needs_it(cast) -> None:
    first = add_evidence(**at(cast), evidence=LINK)
    assess_block(**at(cast), assessment=stand(BlockStatus.ANCHORED))
    with pytest.raises(Sentence, match="laatste bewijs"):
        drop_evidence(evidence=first, year=YEAR, by=cast.manager)

    second = add_evidence(**at(cast), evidence=NOTE)
    drop_evidence(evidence=first, year=YEAR, by=cast.manager)
    assert list(evidence_of(cast.head, cast.a1, YEAR)) == [second]
    restore_evidence(id=first.pk, by=cast.manager)
    assert list(evidence_of(cast.head, cast.a1, YEAR)) == [first, second]


def test_evidence_counts_in_later_years_and_what_is_taken_away_still_in_earlier_ones(cast) -> None:
    row = add_evidence(**at(cast), evidence=LINK)
    drop_evidence(evidence=row, year=YEAR.next, by=cast.manager)
    assert [evidence_of(cast.head, cast.a1, year).count() for year in (YEAR.previous, YEAR, YEAR.next)] == [
        0,
        1,
        0,
    ]


# Solutions


def test_a_solution_becomes_an_action_and_goes_with_it(cast) -> None:
    chosen = SolutionRow("involve-teachers", "Samen boeken kiezen", "together")
    row = choose_solution(**at(cast), solution=chosen)

    action = actions_for(cast.head).get()
    assert (action.pk, action.what, action.source) == (row.action_id, "Samen boeken kiezen", "block")
    block = block_of(cast.a1, "collection")
    found = chosen_solutions(cast.head, cast.a1, block, YEAR)
    assert [(one.solution.code, one.action) for one in found] == [("involve-teachers", action)]

    drop_actions(ids=[action.pk], by=cast.manager)
    assert chosen_solutions(cast.head, cast.a1, block, YEAR) == []
    with pytest.raises(LookupError):
        choose_solution(**at(cast), solution=SolutionRow("unknown", "Iets", "together"))


def test_what_answers_a_picked_challenge_comes_first(cast) -> None:
    block = block_of(cast.a1, "collection")
    last = block.solutions[-1]
    only_here = [
        code for code in last.answers if not any(code in one.answers for one in block.solutions[:-1])
    ]
    assert only_here
    assert helpful(block, only_here)[0] == last
    assert helpful(block, []) == list(block.solutions)


# Lists


@pytest.mark.parametrize("number", [1, 3])
def test_a_wall_asks_one_question(cast, django_assert_num_queries, number: int) -> None:
    for block in blocks_of(cast.a1)[:number]:
        assess_block(**at(cast, block.code), assessment=stand(BlockStatus.PREPARING))
    with django_assert_num_queries(1):
        found = standings(cast.head, cast.a1, YEAR)
    assert sum(one.row is not None for one in found) == number


def test_the_matrix_shows_who_works_with_the_library(cast) -> None:
    assess_block(**at(cast), assessment=stand(BlockStatus.PREPARING))
    rows = {row.pk: row for row in matrix_rows(cast.manager, BlockOf.SCHOOL, YEAR)}
    assert set(rows) == {cast.a1.pk, cast.a2.pk} & set(cast.manager.locations)
    assert (rows[cast.a1.pk].status_collection, rows[cast.a1.pk].status_monitor) == (1, None)
    assert cast.a1.pk not in {row.pk for row in matrix_rows(cast.outsider, BlockOf.SCHOOL, YEAR)}
