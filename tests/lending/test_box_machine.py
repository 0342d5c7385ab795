"""Boxes and books at two desks in any order: nothing is lost, nothing is out twice, and what is undone was never there."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from leesbouw.collection.actions import fill_set, save_set
from leesbouw.collection.models import Copy
from leesbouw.core.access import SYSTEM
from leesbouw.core.errors import Sentence
from leesbouw.lending.actions import Entry, cancel_hold, mark_lost, place_hold, scan, undo
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind, Do, Mode, Why
from leesbouw.lending.models import Hold, Loan, Renewal
from tests.factories.cast import add_person, make_cast
from tests.factories.lending import make_shelf

WHO = st.sampled_from(["noor", "sem", "5", "6", None])
YES = st.frozensets(st.sampled_from([Why.WITH_OTHER, Why.TOO_MANY, Why.RESERVED, Why.NO_GROUP]), max_size=3)
Out = dict[int, tuple[str, int]]  # copy → with whom


class BoxDesks(RuleBasedStateMachine):
    """Three of four books stand in a box."""

    shelf: Any
    box: Any
    desks: list[Any]

    @initialize()
    def begin(self) -> None:
        self.number = 0
        self.sent: list[tuple[int, Entry, Any]] = []
        self.last: tuple[int, str, Out, Out] | None = (
            None  # desk, request, what was out before it and after it
        )

    @rule(desk=st.integers(0, 1), who=WHO, mode=st.sampled_from(Mode), allowed=YES, copy=st.integers(-1, 3))
    def scan_something(
        self, desk: int, who: str | None, mode: Mode, allowed: frozenset[Why], copy: int
    ) -> None:
        """A book, or with -1 the box."""
        self.number += 1
        code = self.box.barcode if copy < 0 else self.shelf.copies[copy].barcode
        entry = Entry(code, self._who(who), mode, allowed, request=f"r{self.number}")
        before = self._open()
        answer = scan(entry=entry, location_id=self.shelf.location.pk, by=self.desks[desk]).answer
        after = self._open()
        assert bool(answer.steps) == (answer.do not in {Do.ASK, Do.NOTHING})
        if not answer.steps:
            assert after == before
        self.sent.append((desk, entry, answer))
        self.last = (desk, entry.request, before, after) if answer.steps else self.last
        if copy < 0:
            self._box_took_nothing_from_a_child(answer, before, after)

    def _box_took_nothing_from_a_child(self, answer: Any, before: Out, after: Out) -> None:
        children = {pk: whom for pk, whom in before.items() if whom[0] == BorrowerKind.PUPIL}
        assert children.items() <= after.items()
        loose = self.shelf.copies[3].pk
        assert before.get(loose) == after.get(loose)
        assert not {pk for pk, _why in answer.left} & {pk for pk in after if before.get(pk) != after[pk]}

    @rule(which=st.integers(0, 30))
    def send_again(self, which: int) -> None:
        if not self.sent:
            return
        desk, entry, answer = self.sent[which % len(self.sent)]
        if answer.steps:
            before = self._open()
            again = scan(entry=entry, location_id=self.shelf.location.pk, by=self.desks[desk])
            assert again.is_repeated
            assert replace(again.answer, undone=False) == answer
            assert self._open() == before

    @rule()
    def take_back(self) -> None:
        """The last thing that was done was a mistake."""
        if self.last is None:
            return
        self.number += 1
        desk, request, before, after = self.last
        if self._open() != after:
            return
        try:
            undo(
                undone=request,
                location_id=self.shelf.location.pk,
                by=self.desks[desk],
                request=f"u{self.number}",
            )
        except Sentence:
            assert self._open() == after
            return
        assert self._open() == before
        self.last = None

    @rule(copy=st.integers(0, 3))
    def lose(self, copy: int) -> None:
        loan = self._loans().filter(copy=self.shelf.copies[copy], ended_at=None).first()
        if loan is not None:
            mark_lost(loan_id=loan.pk, by=SYSTEM)

    @rule(copy=st.integers(0, 3), who=st.sampled_from(["noor", "sem"]))
    def wait(self, copy: int, who: str) -> None:
        title, child = self.shelf.copies[copy].title_id, getattr(self.shelf, who)
        there = Hold.objects.visible_to(SYSTEM).filter(title=title, pupil=child.id, ended_at=None).first()
        if there is not None:
            cancel_hold(hold_id=there.pk, by=SYSTEM)
        else:
            place_hold(title_id=title, pupil_id=child.id, location_id=self.shelf.location.pk, by=SYSTEM)

    @invariant()
    def every_count_is_right(self) -> None:
        if not hasattr(self, "number"):
            return
        lent = Counter(self._loans().values_list("copy", flat=True))
        for copy in Copy.objects.filter(pk__in=[one.pk for one in self.shelf.copies]):
            assert copy.times_lent == lent[copy.pk]
        for loan in self._loans().filter(ended_at=None):
            assert loan.renewals == Renewal.objects.visible_to(SYSTEM).filter(loan=loan).count()

    def _who(self, name: str | None) -> Borrower | None:
        if name is None or not name.isdigit():
            return getattr(self.shelf, name) if name else None
        return Borrower(BorrowerKind.GROUP, self.shelf.children.groups[name].pk)

    def _loans(self) -> Any:
        return Loan.objects.visible_to(SYSTEM)

    def _open(self) -> Out:
        rows = self._loans().filter(ended_at=None).values_list("copy", "kind", "pupil", "group")
        return {copy: (kind, pupil or group) for copy, kind, pupil, group in rows}


@pytest.mark.machine
@pytest.mark.usefixtures("db")
def test_boxes_and_books_in_any_order() -> None:
    cast = make_cast()
    BoxDesks.shelf = make_shelf(cast.library_a, cast.a1)
    BoxDesks.desks = [add_person(f"Balie {n}", "volunteer", cast.a1) for n in range(2)]
    BoxDesks.box = save_set(library_id=cast.library_a.pk, name="Dierenkist", kind="theme", by=SYSTEM)
    fill_set(book_set=BoxDesks.box, barcodes=[one.barcode for one in BoxDesks.shelf.copies[:3]], by=SYSTEM)

    class Isolated(BoxDesks):
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
            max_examples=int(os.environ.get("EXAMPLES", "40")),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        ),
    )
