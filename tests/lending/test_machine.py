"""Scans, undo and repeats in any order at two desks: no copy is out twice, and every count is right.

The model beside the database is a dictionary: copy → who has it.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import holders
from leesbouw.core.time import today
from leesbouw.lending.actions import Entry, cancel_hold, mark_lost, place_hold, scan, undo, write_off
from leesbouw.lending.enums import Do, Mode, Why
from leesbouw.lending.models import Hold, Loan, Renewal
from tests.factories.cast import add_person, make_cast
from tests.factories.lending import make_shelf

COPIES, WHO = st.integers(0, 3), st.sampled_from(["noor", "sem", "yusuf", None])
CHILDREN = st.sampled_from(["noor", "sem", "yusuf"])
YES = st.frozensets(st.sampled_from([Why.WITH_OTHER, Why.TOO_MANY, Why.NO_GROUP, Why.RESERVED]), max_size=4)


class Desks(RuleBasedStateMachine):
    """What two desks of a school do in a day, against a dictionary."""

    shelf: Any
    desks: list[Any]

    @initialize()
    def begin(self) -> None:
        self.out: dict[int, int] = {}  # copy → pupil
        self.sent: list[
            tuple[int, Entry, Any, dict[int, int]]
        ] = []  # desk, entry, answer, what was out before
        self.number = 0

    @rule(desk=st.integers(0, 1), copy=COPIES, who=WHO, mode=st.sampled_from(Mode), allowed=YES)
    def scan_book(self, desk: int, copy: int, who: str | None, mode: Mode, allowed: frozenset[Why]) -> None:
        self.number += 1
        book, child = self.shelf.copies[copy], getattr(self.shelf, who) if who else None
        entry = Entry(book.barcode, child, mode, allowed, request=f"r{self.number}")
        before = dict(self.out)
        answer = scan(entry=entry, location_id=self.shelf.location.pk, by=self.desks[desk]).answer
        match answer.do:
            case Do.LEND:
                assert book.pk not in self.out
                assert child is not None
                self.out[book.pk] = child.id
            case Do.GIVE_BACK:
                del self.out[book.pk]
            case Do.MOVE:
                assert child is not None
                assert self.out[book.pk] != child.id
                self.out[book.pk] = child.id
        assert bool(answer.steps) == (answer.do not in {Do.ASK, Do.NOTHING, Do.CHOOSE})
        self.sent.append((desk, entry, answer, before))

    @rule(desk=st.integers(0, 1), who=CHILDREN)
    def scan_card(self, desk: int, who: str) -> None:
        child = getattr(self.shelf, who)
        entry = Entry(self.shelf.card_of(child), None)
        done = scan(entry=entry, location_id=self.shelf.location.pk, by=self.desks[desk])
        assert done.who is not None
        lost = set(self._loans().filter(ended_at=None, lost_on__isnull=False).values_list("copy", flat=True))
        assert done.who.open == sum(pk == child.id for copy, pk in self.out.items() if copy not in lost)

    @rule(which=st.integers(0, 30))
    def send_again(self, which: int) -> None:
        """A desk that heard no answer sends the same once more; only what wrote nothing is asked anew."""
        if not self.sent:
            return
        desk, entry, answer, _before = self.sent[which % len(self.sent)]
        if answer.steps:
            again = scan(entry=entry, location_id=self.shelf.location.pk, by=self.desks[desk])
            assert again.is_repeated
            assert replace(again.answer, undone=False) == answer

    @rule(which=st.integers(0, 2))
    def take_back(self, which: int) -> None:
        """One of the last scans was a mistake."""
        if which >= len(self.sent):
            return
        desk, entry, answer, before = self.sent[-1 - which]
        self.number += 1
        try:
            undo(
                undone=entry.request, location_id=self.shelf.location.pk, by=self.desks[desk],
                request=f"u{self.number}",
            )  # fmt: skip
        except Sentence:
            assert self._open() == self.out
            return
        if answer.copy in before:
            self.out[answer.copy] = before[answer.copy]
        else:
            self.out.pop(answer.copy, None)

    @rule(copy=COPIES, for_good=st.booleans())
    def lose(self, copy: int, for_good: bool) -> None:
        loan = self._loans().filter(copy=self.shelf.copies[copy], ended_at=None).first()
        if loan is None:
            return
        mark_lost(loan_id=loan.pk, by=SYSTEM)
        if for_good:
            write_off(loan_id=loan.pk, by=SYSTEM)
            del self.out[loan.copy_id]

    @rule(copy=COPIES, who=CHILDREN)
    def wait(self, copy: int, who: str) -> None:
        title, child = self.shelf.copies[copy].title_id, getattr(self.shelf, who)
        there = Hold.objects.visible_to(SYSTEM).filter(title=title, pupil=child.id, ended_at=None).first()
        if there is not None:
            cancel_hold(hold_id=there.pk, by=SYSTEM)
        else:
            place_hold(title_id=title, pupil_id=child.id, location_id=self.shelf.location.pk, by=SYSTEM)

    @rule()
    def cut(self) -> None:
        """The night after the days of the school are over."""
        self._loans().filter(was_cut=False, ended_at__isnull=False).update(cut_on=today())
        holders["loan"].erase(limit=today(), by=SYSTEM)
        assert not self._loans().filter(ended_at__isnull=False, was_cut=False).exists()

    @invariant()
    def who_has_what_is_who_should(self) -> None:
        if hasattr(self, "out"):
            assert self._open() == self.out

    @invariant()
    def every_count_is_right(self) -> None:
        if not hasattr(self, "out"):
            return
        lent = Counter(self._loans().values_list("copy", flat=True))
        for copy in Copy.objects.filter(pk__in=[one.pk for one in self.shelf.copies]):
            assert copy.times_lent == lent[copy.pk]
        for loan in self._loans().filter(ended_at=None):
            assert loan.renewals == Renewal.objects.visible_to(SYSTEM).filter(loan=loan).count()

    @invariant()
    def who_does_not_exist_is_named_nowhere(self) -> None:
        if hasattr(self, "out"):
            assert not self._loans().filter(was_cut=True, pupil__isnull=False).exists()

    @invariant()
    def a_copy_lies_ready_for_one_that_waits(self) -> None:
        if hasattr(self, "out"):
            ready = Hold.objects.visible_to(SYSTEM).filter(ended_at=None, copy__isnull=False)
            copies = list(ready.values_list("copy", flat=True))
            assert len(copies) == len(set(copies))
            assert (
                not self._loans().filter(ended_at=None, lost_on=None, copy__status=CopyStatus.LOST).exists()
            )

    def _loans(self) -> Any:
        return Loan.objects.visible_to(SYSTEM)

    def _open(self) -> dict[int, int]:
        return dict(self._loans().filter(ended_at=None).values_list("copy", "pupil"))


@pytest.mark.machine
@pytest.mark.usefixtures("db")
def test_two_desks_in_any_order() -> None:
    cast = make_cast()
    Desks.shelf = make_shelf(cast.library_a, cast.a1)
    Desks.desks = [add_person(f"Balie {n}", "volunteer", cast.a1) for n in range(2)]
    from django.db import transaction

    class Isolated(Desks):
        """Each run in a savepoint that is thrown away."""

        def __init__(self) -> None:
            super().__init__()
            self.block = transaction.atomic()
            self.block.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    run_state_machine_as_test(
        Isolated,
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "60")),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        ),
    )
    assert connection.vendor
