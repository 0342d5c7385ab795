"""A box with a barcode of its own: out and back as a whole, nothing taken from a child, once however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.actions import CopyRow, fill_set, note_status, save_copies, save_set
from leesbouw.collection.domain import barcode_of, box_barcode, box_of, is_own_barcode
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import BookSet, Copy
from leesbouw.collection.queries import box_label
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import now
from leesbouw.lending.actions import Reply, handle, lend, lend_stack, place_hold
from leesbouw.lending.domain.answers import Answer
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.boxes import BoxState, Inside, decide_box
from leesbouw.lending.domain.cards import COMMANDS, card_barcode, isbn_of
from leesbouw.lending.domain.deciding import OpenLoan, Place
from leesbouw.lending.domain.entries import Sent
from leesbouw.lending.enums import BorrowerKind, Do, Fix, Mode, Why
from leesbouw.lending.models import DeskSurprise, Loan
from leesbouw.lending.queries import boxes
from leesbouw.lending.queries.along import along
from leesbouw.lending.queries.desk import Desk, desk_of_actor
from leesbouw.organisations.models import Partnership
from tests.factories.cast import add_person
from tests.factories.lending import Shelf, stock


@dataclass
class Room:
    """A school with a box of three books, one loose book, and its desk."""

    shelf: Shelf
    desk: Desk
    box: BookSet
    count: int = 0

    @property
    def books(self) -> list[Copy]:
        return self.shelf.copies[:3]

    @property
    def five(self) -> Borrower:
        return Borrower(BorrowerKind.GROUP, self.shelf.children.groups["5"].pk)

    @property
    def six(self) -> Borrower:
        return Borrower(BorrowerKind.GROUP, self.shelf.children.groups["6"].pk)

    def scan(self, who: Borrower | None = None, **more: object) -> Reply:
        self.count += 1
        values = {"request": f"r{self.count}", "kind": "scan", "code": self.box.barcode, "borrower": who}
        return handle(entries=[Sent(**(values | more))], desk=self.desk)[0]  # type: ignore[arg-type]

    def later(self) -> None:
        """The loans are older than a stutter of the scanner."""
        rows = Loan.objects.trusted("test").filter(ended_at=None)
        rows.update(borrowed_at=now() - timedelta(hours=1))

    def with_whom(self) -> list[str]:
        rows = Loan.objects.trusted("test").filter(ended_at=None, copy__in=[one.pk for one in self.books])
        return sorted(f"{row.kind}:{row.pupil_id or row.group_id or row.contact_id}" for row in rows)


@pytest.fixture
def room(cast, shelf, desk) -> Room:
    box = save_set(library_id=cast.library_a.pk, name="Dierenkist", kind="theme", theme="dieren", by=SYSTEM)
    fill_set(book_set=box, barcodes=[one.barcode for one in shelf.copies[:3]], by=SYSTEM)
    place = desk_of_actor(desk)
    assert place is not None
    return Room(shelf, place, box)


@given(st.integers(1, 9999), st.integers(1, 999_999))
def test_the_barcode_of_a_box_is_that_of_nothing_else(library: int, number: int) -> None:
    code = box_barcode(library, number)
    assert (len(code), box_of(code)) == (12, (library, number))
    assert not is_own_barcode(code)
    assert not isbn_of(code)
    assert code not in COMMANDS
    assert box_of(barcode_of(library, number)) is None
    assert box_of(card_barcode(number)) is None
    assert box_of(code[:-1] + str((int(code[-1]) + 1) % 10)) is None  # a typing error


@pytest.mark.parametrize("code", ["", "4", "4٠0130000017", "4000100000A7"])
def test_what_looks_like_a_box_is_none(code: str) -> None:
    assert box_of(code) is None


def test_a_box_goes_out_after_the_group_and_comes_back(room: Room) -> None:
    out = room.scan(room.five)
    assert (out.answer.do, out.said.tone, out.can_undo) == (Do.LEND, "good", True)
    assert out.said.text == "Dierenkist: 3 boeken zijn geleend."
    assert out.said.more.startswith("Terug op ")
    assert room.with_whom() == [str(room.five)] * 3
    assert out.who is not None
    assert (out.who["open"], out.who["left"], len(out.loans or [])) == (3, None, 3)
    assert {one["code"] for one in out.books or []} == {one.barcode for one in room.books}
    again = room.scan(room.five)
    assert (again.answer.do, again.answer.why) == (Do.NOTHING, Why.JUST_DONE)
    room.later()
    back = room.scan(room.five)
    assert (back.answer.do, back.said.text) == (Do.GIVE_BACK, "Dierenkist: 3 boeken zijn terug.")
    assert back.loans == []
    assert room.with_whom() == []


def test_a_box_before_the_group_asks_for_whom_and_comes_back_with_nobody_there(room: Room) -> None:
    asked = room.scan()
    assert (asked.answer.do, asked.answer.why, asked.answer.fix) == (Do.ASK, Why.NO_BORROWER, Fix.CHOOSE)
    assert "Dierenkist" in asked.said.text
    room.scan(room.five)
    assert room.scan().answer.do == Do.GIVE_BACK
    assert room.with_whom() == []
    nobody = room.scan(mode=Mode.RETURN)
    assert (nobody.answer.do, nobody.answer.why) == (Do.NOTHING, Why.NOT_LENT)


def test_a_child_borrows_no_box(room: Room) -> None:
    asked = room.scan(room.shelf.noor)
    assert (asked.answer.why, asked.answer.fix, asked.who) == (Why.FOR_GROUPS, Fix.CHOOSE, None)
    room.scan(room.five)
    room.later()
    assert room.scan(room.shelf.noor).answer.why == Why.FOR_GROUPS
    assert room.with_whom() == [str(room.five)] * 3


def test_what_is_away_with_a_child_or_waited_for_stays_and_is_named(room: Room) -> None:
    first, second, third = room.books
    lend(copy_id=first.pk, to=room.shelf.sem, location_id=room.desk.location_id, by=SYSTEM)
    note_status(copy_id=second.pk, status=CopyStatus.LOST, by=SYSTEM)
    out = room.scan(room.five)
    assert (out.answer.do, out.said.tone) == (Do.LEND, "note")
    assert out.said.text == "Dierenkist: 1 boek is geleend."
    assert first.title.title in out.said.more
    assert second.title.title in out.said.more
    assert "Sem" not in out.said.more
    assert "bij iemand anders" in out.said.more.split(". ")[0]  # what stayed stands before the day
    assert sorted(room.with_whom()) == sorted([str(room.five), str(room.shelf.sem)])
    back = room.scan()
    assert (back.answer.do, back.said.tone) == (Do.GIVE_BACK, "note")
    assert room.with_whom() == [str(room.shelf.sem)]  # what a child has is not in the box
    place_hold(
        title_id=third.title_id,
        pupil_id=room.shelf.yusuf.id,
        location_id=room.desk.location_id,
        by=SYSTEM,
    )
    none = room.scan(room.five)
    assert (none.answer.do, none.answer.why, none.answer.fix) == (Do.ASK, Why.NONE_FREE, Fix.ASIDE)
    assert third.title.title in none.said.more
    assert not none.can_undo


def test_of_two_copies_one_stays_for_the_child_that_waits(room: Room, cast) -> None:
    title = room.books[0].title_id
    more = save_copies(
        [CopyRow(title, location_id=room.desk.location_id)], library_id=cast.library_a.pk, by=SYSTEM
    )
    fill_set(book_set=room.box, barcodes=[more[0].barcode], by=SYSTEM)
    place_hold(title_id=title, pupil_id=room.shelf.noor.id, location_id=room.desk.location_id, by=SYSTEM)
    out = room.scan(room.five)
    assert out.said.text == "Dierenkist: 3 boeken zijn geleend."
    assert [why for _copy, why in out.answer.left] == [Why.RESERVED]


def test_a_box_of_another_group_moves_when_one_says_so(room: Room) -> None:
    room.scan(room.five)
    room.later()
    asked = room.scan(room.six)
    assert (asked.answer.do, asked.answer.why, asked.answer.fix) == (Do.ASK, Why.WITH_OTHER, Fix.MOVE)
    assert "Groep 5" in asked.said.text
    assert "Groep 6" in asked.said.button
    moved = room.scan(room.six, allowed=frozenset({Why.WITH_OTHER}))
    assert moved.answer.do == Do.MOVE
    assert room.with_whom() == [str(room.six)] * 3
    room.scan(None, kind="undo", code=moved.request)
    assert room.with_whom() == [str(room.five)] * 3


def test_it_is_undone_as_a_whole_and_done_once(room: Room) -> None:
    out = room.scan(room.five, request="same")
    twice = room.scan(room.five, request="same")
    assert (twice.answer, twice.said.text) == (out.answer, out.said.text)
    assert out.said.more.startswith(twice.said.more)
    assert Loan.objects.trusted("test").count() == 3
    undone = room.scan(room.five, kind="undo", code="same")
    assert (undone.said.tone, undone.loans) == ("good", [])
    assert not Loan.objects.trusted("test").exists()
    assert room.scan(None, kind="undo", code="same").said.tone == "ask"


def test_a_large_box_is_taken_back_too(room: Room, cast) -> None:
    """The answer of a box is kept whole: it says how each of its books is taken back."""
    titles = tuple(f"Boek {number}" for number in range(57))
    made = stock(cast.library_a, room.shelf.location, titles)
    fill_set(book_set=room.box, barcodes=[one.barcode for one in made], by=SYSTEM)
    out = room.scan(room.five)
    assert len(out.answer.steps) == 60
    assert Answer.from_text(out.answer.to_text()) == out.answer
    room.scan(None, kind="undo", code=out.request)
    assert not Loan.objects.trusted("test").filter(ended_at=None).exists()


def test_a_box_may_stay_longer(room: Room) -> None:
    assert room.scan(mode=Mode.RENEW).answer.why == Why.NOT_LENT
    room.scan(room.five)
    longer = room.scan(mode=Mode.RENEW)
    assert longer.said.text == "Dierenkist: 3 boeken mogen langer blijven."
    once_more = room.scan(mode=Mode.RENEW)
    assert (once_more.answer.do, once_more.answer.fix) == (Do.ASK, Fix.RENEW)


def test_a_box_of_elsewhere_stays_there(room: Room, cast) -> None:
    Copy.objects.filter(book_set=room.box).update(location=cast.a2.pk)
    assert room.scan(room.five).answer.why == Why.OTHER_SCHOOL
    Copy.objects.filter(book_set=room.box).update(location=None)
    asked = room.scan(room.five)
    assert (asked.answer.why, asked.answer.fix) == (Why.OF_LIBRARY, Fix.LEND)
    assert room.scan(room.five, allowed=frozenset({Why.OF_LIBRARY})).answer.do == Do.LEND
    Partnership.objects.filter(location=room.desk.location_id).delete()
    assert room.scan(room.five).answer.why == Why.UNKNOWN


def test_a_box_that_was_emptied_is_told(room: Room) -> None:
    Copy.objects.filter(book_set=room.box).update(book_set=None)
    assert room.scan(room.five).answer.why == Why.NONE_FREE


def test_no_event_about_a_box_holds_a_child(room: Room) -> None:
    lend(copy_id=room.books[0].pk, to=room.shelf.sem, location_id=room.desk.location_id, by=SYSTEM)
    room.scan(room.five)
    room.scan()
    events = AuditEvent.objects.filter(verb__startswith="lending.")
    assert events.count() >= 5
    assert "pupil" not in str(list(events.values("subject_type", "data")))


def test_a_teacher_scans_it_on_her_own_page_too(room: Room, cast, client_for) -> None:
    teacher = add_person("Eva Stapel", "teacher", cast.a1)
    stack = lend_stack(codes=[room.box.barcode, room.books[0].barcode], group_id=room.five.id, by=teacher)
    assert (stack.lent, stack.refused) == (3, [])
    again = lend_stack(codes=[room.box.barcode], group_id=room.five.id, by=teacher)
    assert (again.lent, again.refused) == (0, ["Uit Dierenkist kan nu geen boek mee."])
    loose = room.shelf.copies[3]
    lend(copy_id=loose.pk, to=room.five, location_id=room.desk.location_id, by=teacher)
    browser = client_for(teacher)
    url = f"/groepsboeken/{room.five.id}/"
    assert "Geef alles uit deze kist terug" in browser.get(url).content.decode()
    browser.post(f"{url}terug/", {"kist": room.box.pk, "request_id": "k"})
    assert room.with_whom() == []
    assert Loan.objects.trusted("test").filter(ended_at=None).get().copy_id == loose.pk


def test_a_desk_without_connection_takes_the_box_along_and_brings_it_in(room: Room) -> None:
    taken = along(room.desk)["boxes"]
    assert taken == {
        room.box.barcode: {
            "name": "Dierenkist",
            "books": {one.barcode: one.title.title for one in room.books},
        }
    }
    at = now() - timedelta(minutes=30)
    lend(copy_id=room.books[0].pk, to=room.shelf.sem, location_id=room.desk.location_id, by=SYSTEM)
    brought = room.scan(room.five, at=at, meant=Do.LEND, request="x")
    assert (brought.answer.do, len(brought.answer.steps)) == (Do.LEND, 2)
    assert room.books[0].title.title in brought.surprise
    assert "niets gedaan" in brought.surprise
    assert DeskSurprise.objects.visible_to(SYSTEM).count() == 1
    assert room.scan(room.five, at=at, meant=Do.LEND, request="x").surprise == brought.surprise
    back = room.scan(room.five, at=at + timedelta(minutes=5), meant=Do.GIVE_BACK)
    assert back.answer.do == Do.GIVE_BACK
    assert room.with_whom() == [str(room.shelf.sem)]
    none = room.scan(None, at=at + timedelta(minutes=6), meant=Do.GIVE_BACK)
    assert "Dierenkist" in none.surprise


def test_the_label_says_that_it_is_a_box(room: Room) -> None:
    label = box_label(room.box)
    assert (label.title, label.line, label.side, label.barcode) == (
        "Dierenkist", "Over een thema · dieren", "KIST", room.box.barcode,
    )  # fmt: skip


LOANS = st.one_of(
    st.none(), st.builds(OpenLoan, st.booleans(), st.booleans(), st.booleans(), st.integers(0, 2))
)
INSIDE = st.builds(
    Inside,
    copy=st.integers(1, 10_000),
    place=st.sampled_from(Place),
    status=st.sampled_from(CopyStatus),
    loan=LOANS,
    with_child=st.booleans(),
    waited_for=st.booleans(),
    is_overtaken=st.booleans(),
)
STATES = st.builds(
    BoxState,
    inside=st.lists(INSIDE, max_size=6, unique_by=lambda one: one.copy),
    front=st.one_of(st.none(), st.sampled_from(BorrowerKind)),
    is_here=st.booleans(),
    mode=st.sampled_from(Mode),
    allowed=st.frozensets(st.sampled_from(Why)),
    told=st.booleans(),
)


@given(STATES)
def test_whatever_stands_in_a_box_nothing_is_taken_from_a_child(state: BoxState) -> None:
    decision = decide_box(state)
    rows = {one.copy: one for one in state.inside}
    for copy in decision.books:
        one = rows[copy]
        assert not (one.loan and one.with_child)
        assert one.loan is None or one.loan.is_here
        if decision.do in {Do.GIVE_BACK, Do.RENEW}:
            assert one.loan
        if decision.do == Do.LEND:
            assert one.loan is None
    assert not set(decision.books) & {copy for copy, _why in decision.left}
    assert bool(decision.books) == (decision.do in {Do.LEND, Do.MOVE, Do.GIVE_BACK, Do.RENEW})
    assert (decision.do == Do.ASK) == (decision.fix is not None)
    if decision.do in {Do.LEND, Do.MOVE}:
        assert state.front in {BorrowerKind.GROUP, BorrowerKind.CONTACT}
        assert state.is_here


def test_a_collection_of_too_many_books_is_not_half_taken(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "MOST", 2)

    reply = room.scan(room.five)

    assert (reply.answer.do, reply.answer.why, reply.answer.fix) == (Do.ASK, Why.TOO_BIG, Fix.ASIDE)
    assert "te veel boeken" in reply.said.text
    assert room.with_whom() == []
    assert along(room.desk)["boxes"] == {}
    monkeypatch.setattr(boxes, "MOST", 3)
    assert room.scan(room.five).answer.do == Do.LEND
