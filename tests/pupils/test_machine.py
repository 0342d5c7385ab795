"""Imports, undo, corrections, new school years and erasures in any order: nobody is lost, doubled or brought back.

The model beside the database is a dictionary: number → (name, group) of who is at school, and who was erased.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.exchange import actions as imports
from leesbouw.exchange.enums import RunState
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.organisations.actions import (
    NextGroupRow,
    begin_transition,
    take_back_transition,
    take_over_groups,
)
from leesbouw.organisations.models import ClassGroup
from leesbouw.organisations.queries import group_offers
from leesbouw.pupils.actions import (
    Correction,
    correct_pupil,
    erase_on_request,
    erase_pupils,
    move_up_pupils,
)
from leesbouw.pupils.models import Enrolment, Pupil
from leesbouw.pupils.queries import children_at

from .conftest import HEADER

YEAR = SchoolYear.running()
KEYS = [f"{n:03}" for n in range(1, 9)]
GROUPS = ["5A", "5B", "6"]
NAMES = {key: f"Kind{key}" for key in KEYS}  # one name per number, so that no row is in doubt

pupils_of_file = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(GROUPS), min_size=1)


class School(RuleBasedStateMachine):
    """What a school does with its pupils in a year, against a dictionary."""

    cast: Any
    runs = Bundle("runs")

    @initialize()
    def begin(self) -> None:
        self.at_school: dict[str, str] = {}
        self.before: dict[int, dict[str, str]] = {}  # run → who was at school before it
        self.away: set[str] = set()  # erased on request: stays away
        self.touched: set[str] = set()  # changed by hand
        self.erased: set[str] = set()  # erased since the last import that brought them
        self.stored: list[int] = []  # runs that are not undone, the newest last
        self.list_id: int | None = None  # the list of the new school year, while it holds
        self.moved: dict[str, str] = {}  # who was at school when everybody moved up

    @rule(target=runs, wanted=pupils_of_file)
    def bring(self, wanted: dict[str, str]) -> int:
        if self._someone_is_in_next_year():
            with pytest.raises(Sentence):
                self._check(wanted)
            return 0
        run = self._check(wanted)
        self.before[run.pk] = dict(self.at_school)
        run = imports.apply_run(run=imports.start_run(run=run, by=SYSTEM, queue=False, sure=True), by=SYSTEM)
        self.at_school = {key: group for key, group in wanted.items() if key not in self.away}
        self.erased -= set(self.at_school)
        self.stored.append(run.pk)
        return run.pk

    def _check(self, wanted: dict[str, str]) -> ImportRun:
        rows = [f"{key};;{NAMES[key]};;Test;{group};" for key, group in sorted(wanted.items())]
        run = imports.begin_run(
            content="\n".join([HEADER, *rows]).encode(),
            file_name="leerlingen.csv",
            importer_code="pupils",
            by=SYSTEM,
            options={"location": self.cast.a1.pk, "year": YEAR.first, "leavers": "left"},
        )
        return imports.preview_run(run=run, by=SYSTEM)

    @rule()
    def begin_next_year(self) -> None:
        if self.list_id is None:
            self.list_id = begin_transition(location=self.cast.a1, year=YEAR.next, by=SYSTEM).pk
            offers = group_offers(SYSTEM, self.cast.a1, YEAR.next)
            rows = [NextGroupRow(one.name, one.year_groups, one.follows, one.id) for one in offers]
            if rows:
                take_over_groups(rows, location=self.cast.a1, year=YEAR.next, by=SYSTEM)

    @rule()
    def move_up(self) -> None:
        if self.list_id is None:
            return
        there = self._there()
        try:
            plan = move_up_pupils(location=self.cast.a1, year=YEAR.next, by=SYSTEM)
        except Sentence:  # nobody is there, everybody has moved, or a group came after the list was made
            assert self._there() == there
            return
        assert not plan.leaves
        self.moved |= there
        assert self._there() == there, "moving up changes nothing before the first of August"

    @rule()
    def take_next_year_back(self) -> None:
        if self.list_id is None:
            return
        take_back_transition(transition_id=self.list_id, by=SYSTEM)
        self.list_id, self.moved = None, {}
        assert not self._someone_is_in_next_year()
        assert not ClassGroup.objects.filter(location=self.cast.a1, year=YEAR.next).exists()

    @rule(run_id=runs)
    def undo(self, run_id: int) -> None:
        run = ImportRun.objects.filter(pk=run_id).first()
        if run is None or not run.can_be_undone:
            return
        if any(other > run_id for other in self.stored):
            with pytest.raises(Sentence):
                imports.start_undo(run=run, by=SYSTEM, queue=False)
            return
        imports.undo_run(run=imports.start_undo(run=run, by=SYSTEM, queue=False), by=SYSTEM)
        there = self._there()
        if run_id in self.stored:
            self.stored.remove(run_id)
            if not self.touched and not self.moved:
                assert there == {k: g for k, g in self.before[run_id].items() if k not in self.erased}
        self.at_school = there

    @rule(key=st.sampled_from(KEYS))
    def correct(self, key: str) -> None:
        pupil = Pupil.objects.visible_to(SYSTEM).filter(key=key, left_on=None).first()
        if pupil is not None:
            correct_pupil(pupil=pupil, correction=Correction(NAMES[key], "van", "Test", key), by=SYSTEM)
            self.touched.add(key)

    @rule(key=st.sampled_from(KEYS), on_request=st.booleans())
    def erase(self, key: str, on_request: bool) -> None:
        found = list(Pupil.objects.visible_to(SYSTEM).filter(key=key))
        for pupil in found:
            if on_request:
                erase_on_request(pupil=pupil, by=SYSTEM)
                self.away.add(key)
            else:
                erase_pupils([pupil.pk], reason="retention", by=SYSTEM)
        self.at_school.pop(key, None)
        self.erased.add(key)
        for before in self.before.values():
            before.pop(key, None)
        copies = repr(list(ImportRow.objects.values("label", "cleaned", "before", "changes")))
        copies += repr(list(ImportPart.objects.values("rows")))
        assert not found or NAMES[key] not in copies

    @invariant()
    def who_is_at_school_is_who_should_be(self) -> None:
        if hasattr(self, "at_school"):
            assert self._there() == self.at_school

    @invariant()
    def nobody_is_doubled(self) -> None:
        keys = list(Pupil.objects.visible_to(SYSTEM).filter(left_on=None).values_list("key", flat=True))
        assert len(keys) == len(set(keys))
        open_ = Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None)
        owners = list(open_.values_list("pupil_id", flat=True))
        assert len(owners) == len(set(owners))

    @invariant()
    def no_import_is_left_half_done(self) -> None:
        assert not ImportRun.objects.filter(state__in=[RunState.RUNNING, RunState.UNDOING]).exists()

    @invariant()
    def who_was_erased_on_request_is_nowhere(self) -> None:
        if hasattr(self, "away"):
            assert not Pupil.objects.visible_to(SYSTEM).filter(key__in=self.away).exists()

    def _someone_is_in_next_year(self) -> bool:
        rows = Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None, group__year=YEAR.next)
        return rows.filter(pupil__location=self.cast.a1).exists()

    def _there(self) -> dict[str, str]:
        groups = {child.id: child.group for child in children_at(SYSTEM, self.cast.a1)}
        rows = Pupil.objects.visible_to(SYSTEM).filter(pk__in=list(groups)).values_list("key", "pk")
        return {key: groups[pk] for key, pk in rows}


@pytest.mark.machine
def test_no_order_of_events_loses_doubles_or_resurrects_a_pupil(cast, agreed) -> None:
    from django.db import transaction

    class Here(School):
        def __init__(self) -> None:
            super().__init__()
            self.cast = cast
            self.point = transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.point)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "60")),
            stateful_step_count=20,
            phases=[Phase.explicit, Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert connection.in_atomic_block
    with pytest.raises(Sentence):
        imports.begin_run(content=b"x", file_name="x.csv", importer_code="pupils", by=SYSTEM, options={})
