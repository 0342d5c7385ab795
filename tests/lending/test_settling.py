"""What a desk did without connection, once it comes in: in order, once, and nothing lost."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Title
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.once import RequestKey
from leesbouw.core.time import now
from leesbouw.lending.actions import Entry, handle, lend, place_hold, scan, see_surprises
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.by_title import copies_that_fit
from leesbouw.lending.domain.cards import COMMANDS, isbn_of
from leesbouw.lending.domain.deciding import OpenLoan, Place, State, Who
from leesbouw.lending.domain.entries import Sent, read_entries
from leesbouw.lending.domain.settling import SAME, is_surprise, settle
from leesbouw.lending.enums import BorrowerKind, Do, Mode, Why
from leesbouw.lending.models import DeskSurprise, Loan
from leesbouw.lending.queries.desk import desk_of_actor
from leesbouw.lending.queries.surprises import surprises_at

PLUK = "9789045101170"


def sent(request: str, code: str, who: Borrower | None, meant: Do, at: datetime) -> Sent:
    return Sent(request, "scan", code, who, Mode.LEND, frozenset(), at, meant)


@pytest.fixture
def one(desk, shelf):
    return desk_of_actor(desk)


def loans():  # type: ignore[no-untyped-def]
    return Loan.objects.visible_to(SYSTEM)


def test_a_morning_without_connection_comes_in(shelf, one) -> None:
    began, book = now() - timedelta(hours=2), shelf.copies[0].barcode
    rows = [
        sent("a", book, shelf.noor, Do.LEND, began),
        sent("b", book, None, Do.GIVE_BACK, began + timedelta(minutes=1)),
        sent("c", book, shelf.sem, Do.LEND, began + timedelta(minutes=2)),
    ]
    first = handle(entries=rows, desk=one)
    assert [reply.answer.do for reply in first] == [Do.LEND, Do.GIVE_BACK, Do.LEND]
    assert [reply.surprise for reply in first] == ["", "", ""]
    again = handle(entries=rows, desk=one)
    assert [reply.answer.do for reply in again] == [Do.LEND, Do.GIVE_BACK, Do.LEND]
    assert loans().count() == 2
    assert loans().get(ended_at=None).borrowed_at == began + timedelta(minutes=2)


def test_the_same_comes_in_once_more_when_nobody_knows_the_requests_any_more(shelf, one) -> None:
    began, book = now() - timedelta(hours=30), shelf.copies[0].barcode
    rows = [
        sent("a", book, shelf.noor, Do.LEND, began),
        sent("b", book, None, Do.GIVE_BACK, began + timedelta(minutes=1)),
        sent("c", shelf.copies[1].barcode, shelf.noor, Do.LEND, began + timedelta(minutes=2)),
    ]
    handle(entries=rows, desk=one)
    before = list(loans().order_by("pk").values_list("pk", "pupil", "ended_at"))
    RequestKey.objects.all().delete()
    handle(entries=rows, desk=one)
    assert list(loans().order_by("pk").values_list("pk", "pupil", "ended_at")) == before


@pytest.mark.parametrize("first", [0, 1])
def test_two_desks_with_the_same_copy_settle_in_any_order(shelf, one, first) -> None:
    """At desk A Noor brings her book back; a moment later desk B lends it to Sem, without knowing of that."""
    book = shelf.copies[0]
    lend(
        copy_id=book.pk, to=shelf.noor, location_id=shelf.location.pk, by=SYSTEM, at=now() - timedelta(days=1)
    )
    began = now() - timedelta(hours=1)
    queues = [
        [sent("a", book.barcode, None, Do.GIVE_BACK, began)],
        [sent("b", book.barcode, shelf.sem, Do.LEND, began + timedelta(minutes=5))],
    ]
    replies = handle(entries=queues[first], desk=one) + handle(entries=queues[1 - first], desk=one)
    assert loans().get(ended_at=None).pupil_id == shelf.sem.id
    assert loans().count() == 2
    assert [bool(reply.surprise) for reply in replies] == ([False, False] if first == 0 else [True, True])


def test_both_desks_lent_the_same_book_the_last_one_holds(shelf, one) -> None:
    book, began = shelf.copies[0].barcode, now() - timedelta(hours=1)
    later = handle(entries=[sent("b", book, shelf.sem, Do.LEND, began + timedelta(minutes=5))], desk=one)
    earlier = handle(entries=[sent("a", book, shelf.noor, Do.LEND, began)], desk=one)
    assert (later[0].answer.do, earlier[0].answer.do, earlier[0].answer.why) == (
        Do.LEND, Do.NOTHING, Why.CHANGED,
    )  # fmt: skip
    assert loans().get().pupil_id == shelf.sem.id


def test_what_a_desk_online_did_later_holds(shelf, one, desk) -> None:
    book, began = shelf.copies[0], now() - timedelta(hours=1)
    lend(copy_id=book.pk, to=shelf.noor, location_id=shelf.location.pk, by=desk, at=began - timedelta(days=2))
    scan(
        entry=Entry(book.barcode, request="online"), location_id=shelf.location.pk, by=desk
    )  # back, just now
    rows = [
        sent("a", book.barcode, None, Do.GIVE_BACK, began),
        sent("b", book.barcode, shelf.sem, Do.LEND, began + timedelta(minutes=1)),
    ]
    assert [reply.answer.do for reply in handle(entries=rows, desk=one)] == [Do.NOTHING, Do.NOTHING]
    assert not loans().filter(ended_at=None).exists()


def test_a_child_has_left_with_the_book_and_somebody_hears_of_it(shelf, one, coordinator) -> None:
    at = now() - timedelta(minutes=30)
    place_hold(
        title_id=shelf.copies[0].title_id, pupil_id=shelf.sem.id, location_id=shelf.location.pk, by=SYSTEM
    )
    type(shelf.copies[1]).objects.filter(pk=shelf.copies[1].pk).update(status=CopyStatus.WITHDRAWN)
    rows = [
        sent("a", shelf.copies[0].barcode, shelf.noor, Do.LEND, at),
        sent("b", shelf.copies[1].barcode, shelf.noor, Do.LEND, at),
        sent("c", shelf.copies[2].barcode, shelf.noor, Do.LEND, at),
        sent("d", "300000099999", shelf.noor, Do.LEND, at),
        sent("e", shelf.copies[3].barcode, None, Do.GIVE_BACK, at),
        sent("f", "noor v", shelf.noor, Do.LEND, at),
    ]
    replies = handle(entries=rows, desk=one)
    assert [(reply.answer.do, reply.answer.why) for reply in replies] == [
        (Do.LEND, Why.RESERVED),
        (Do.LEND, Why.WITHDRAWN),
        (Do.LEND, Why.TOO_MANY),
        (Do.ASK, Why.UNKNOWN),
        (Do.NOTHING, Why.NOT_LENT),
        (Do.ASK, Why.UNKNOWN),
    ]
    told = [reply.surprise for reply in replies]
    assert all(told)
    assert "Noor V." in told[2]
    assert "300000099999" in told[3]
    handle(entries=rows, desk=one)
    listed = surprises_at(coordinator, shelf.location)
    assert [row.text for row in listed] == told
    assert not any(row.text.endswith("..") for row in listed)
    assert "noor v" not in json.dumps(
        list(DeskSurprise.objects.visible_to(SYSTEM).values_list("code", flat=True))
    )
    events = AuditEvent.objects.filter(verb="lending.note_surprise")
    assert events.count() == len(rows)
    assert not events.filter(data__has_key="pupil").exists()
    assert see_surprises(location=shelf.location, by=coordinator) == len(rows)
    with pytest.raises(Sentence):
        see_surprises(location=shelf.location, by=coordinator)


def test_another_school_sees_no_surprise(shelf, one, elsewhere, cast) -> None:
    handle(entries=[sent("d", "300000099999", shelf.noor, Do.LEND, now())], desk=one)
    assert surprises_at(elsewhere, shelf.location) == []
    assert surprises_at(cast.outsider, shelf.location) == []


def test_undo_travels_along(shelf, one) -> None:
    book, at = shelf.copies[0].barcode, now() - timedelta(minutes=30)
    rows = [sent("a", book, shelf.noor, Do.LEND, at), Sent("u", "undo", "a", shelf.noor)]
    for _time in range(2):
        assert [reply.said.tone for reply in handle(entries=rows, desk=one)] == ["good", "good"]
        assert not loans().exists()


def test_the_clock_of_a_desk_may_be_wrong() -> None:
    instant = now()
    theirs = instant - timedelta(days=400)
    row = {"request": "a", "at": (theirs - timedelta(minutes=7)).isoformat(), "meant": "lend"}
    read = read_entries({"entries": [row], "now": theirs.isoformat()}, instant)[0]
    assert read.at == instant - timedelta(minutes=7)
    assert read.meant == Do.LEND
    for wrong in ({"meant": "ask"}, {"meant": 3}, {"at": "9999-12-31T23:59:59+00:00"}):
        with pytest.raises(ValueError, match=r"a desk lends|short text|in these years"):
            read_entries({"entries": [row | wrong], "now": theirs.isoformat()}, instant)


STATES = st.builds(
    State,
    place=st.sampled_from(Place),
    status=st.sampled_from([one.value for one in CopyStatus]),
    loan=st.none() | st.builds(OpenLoan, st.booleans(), st.booleans(), st.booleans(), st.integers(0, 2)),
    who=st.none()
    | st.builds(Who, st.integers(0, 4), st.none() | st.integers(0, 4), st.booleans(), st.booleans()),
    allowed=st.frozensets(st.sampled_from([Why.WITH_OTHER, Why.TOO_MANY])),
)


@given(STATES, st.sampled_from(list(SAME)), st.booleans())
def test_what_was_told_is_done_or_nothing_is(state, meant, overtaken) -> None:
    """Never the other way round: what was told to be lent never comes back by it, and the other way about."""
    decision = settle(state, meant, is_overtaken=overtaken)
    assert decision.do in SAME[meant] | {Do.ASK, Do.NOTHING, Do.FOUND}
    if decision.do in {Do.ASK, Do.NOTHING}:
        assert decision.why is not None
        assert is_surprise(meant, decision.do, decision.why) or decision.why == Why.JUST_DONE
    if overtaken:
        assert decision.do == Do.NOTHING


DAY = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from(["noor", "sem", None])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(DAY, st.randoms(use_true_random=False))
def test_two_queues_in_pieces_and_again_end_where_the_day_ended(shelf, one, day, chance) -> None:
    """Two desks without connection share books. However their queues come in (in pieces, twice, one after the other),
    who has a book at the end is who had it last, if that desk lent it last."""
    from django.db import transaction

    began = now() - timedelta(hours=3)
    queues: list[list[Sent]] = [[], []]
    last: dict[str, Borrower | None] = {}
    for number, (at, copy, name) in enumerate(day):
        code, who = shelf.copies[copy].barcode, getattr(shelf, name) if name else None
        meant = Do.LEND if who else Do.GIVE_BACK
        queues[at].append(sent(f"{at}-{number}", code, who, meant, began + timedelta(minutes=number)))
        last[code] = who
    with transaction.atomic():
        while any(queues):
            desk = chance.choice([at for at in range(2) if queues[at]])
            piece = queues[desk][: chance.randint(1, 4)]
            handle(entries=piece, desk=one)
            if chance.random() < 0.7:  # heard; else the same is sent again
                queues[desk] = queues[desk][len(piece) :]
        have = dict(loans().filter(ended_at=None).values_list("copy__barcode", "pupil"))
        for code, who in last.items():
            if who is not None:
                assert have.get(code) == who.id
        assert len(have) == len(set(have))
        transaction.set_rollback(True)


def test_the_number_on_a_book_is_enough_where_one_copy_can_be_meant(shelf, one) -> None:
    Title.objects.filter(pk=shelf.copies[0].title_id).update(isbn=PLUK)
    by_isbn = lambda request, who, mode=Mode.LEND: handle(  # noqa: E731
        entries=[Sent(request, "scan", "978-90-451-0117-0", who, mode)], desk=one
    )[0]
    assert by_isbn("nobody", None).answer.why == Why.NO_BORROWER
    assert by_isbn("lend", shelf.noor).answer.do == Do.LEND
    assert by_isbn("other", shelf.sem).answer.why == Why.WITH_OTHER
    assert by_isbn("back", None).answer.do == Do.GIVE_BACK
    shelf.copies[1].title_id = shelf.copies[0].title_id
    shelf.copies[1].save(update_fields=["title"])
    many = by_isbn("many", shelf.noor)
    assert (many.answer.do, many.answer.why) == (Do.ASK, Why.MANY_COPIES)
    lend(copy_id=shelf.copies[1].pk, to=shelf.sem, location_id=shelf.location.pk, by=SYSTEM)
    assert by_isbn("one left", shelf.noor).answer.copy == shelf.copies[0].pk
    assert by_isbn("which", None, Mode.RETURN).answer.why == Why.MANY_COPIES
    assert by_isbn("hers", shelf.sem).answer.copy == shelf.copies[1].pk
    assert (
        handle(entries=[Sent("x", "scan", "9789045101187", shelf.noor)], desk=one)[0].answer.why
        == Why.UNKNOWN
    )


@pytest.mark.parametrize(
    ("code", "found"), [(PLUK, PLUK), ("300000000123", ""), ("9789045101171", ""), ("", ""), ("NOOR", "")]
)
def test_what_is_an_isbn(code, found) -> None:
    assert isbn_of(code) == found


def test_a_book_that_goes_out_was_in() -> None:
    noor = Borrower(BorrowerKind.PUPIL, 1)
    copies = [(1, True, noor), (2, False, None), (3, True, None)]
    assert copies_that_fit(copies, who=noor, mode=Mode.LEND) == [1]
    assert copies_that_fit(copies, who=noor, mode=Mode.LEND, meant=Do.LEND) == [2]
    assert copies_that_fit(copies, who=None, mode=Mode.LEND) == [1, 3]
    assert copies_that_fit(copies[1:2], who=None, mode=Mode.RETURN) == [2]
    assert copies_that_fit([], who=noor, mode=Mode.LEND) == []


def test_what_a_desk_takes_along_is_the_least(shelf, coordinator, desk, client_for) -> None:
    """First name and a letter, barcodes of cards, titles of what is out; for a paired desk that is open, and nobody else."""
    from leesbouw.lending.actions import add_volunteer, make_desk

    made = make_desk(location=shelf.location, name="Laptop", by=coordinator)
    row = add_volunteer(location=shelf.location, name="Wil", pin="4711", by=coordinator)
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=SYSTEM)
    client = Client()
    client.post("/balie/koppelen/", {"code": made.code})
    assert client.get("/balie/meenemen/").status_code == 403
    client.post("/balie/openen/", {"naam": row.pk, "pin": "4711"})
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/balie/meenemen/")
    assert len(asked) == 8  # which desk, and seven of what it takes along
    told = answer.json()
    assert set(told) == {"token", "day", "groups", "faces", "cards", "loans", "boxes", "limits"}
    assert told["cards"][shelf.card_of(shelf.noor)] == str(shelf.noor)
    assert told["limits"][str(shelf.noor)] == 2
    assert set(told["loans"]) == {shelf.copies[0].barcode}
    assert set(told["loans"][shelf.copies[0].barcode]) == {"title", "due", "late", "lost", "who"}
    text = answer.content.decode()
    sem = shelf.children.sem
    assert f'"{sem.first_name} {sem.last_name[0]}."' in text
    assert sem.last_name not in text
    assert shelf.copies[1].title.title not in text
    client.post("/balie/sluiten/")
    assert client.get("/balie/meenemen/").status_code == 403
    assert client_for(desk).get("/balie/meenemen/").status_code == 403  # her own laptop keeps nothing


def test_the_script_of_a_desk_without_connection_changes_with_its_parts(client, shelf, coordinator) -> None:
    answer = client.get("/balie/werker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert b'const VERSION = "' in answer.content
    assert answer.content.count(b"/static/lending/") == 7


def test_only_the_page_of_a_paired_desk_may_be_kept(shelf, desk, client_for) -> None:
    assert "X-Balie" not in client_for(desk).get("/balie/")
    assert "X-Balie" not in Client().get("/balie/")


def test_the_barcodes_beside_the_desk_are_on_paper(coordinator, shelf, client_for) -> None:
    from pypdf import PdfReader

    url = f"/school/{shelf.location.code}/balies/streepjescodes.pdf"
    answer = client_for(coordinator).get(url)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for code in COMMANDS:
        assert code in text
    for word in ("Innemen", "Achter elkaar", "Ongedaan maken", "Klaar", "Vorig kind"):
        assert word in text


def test_the_coordinator_sees_the_list_and_empties_it(shelf, one, coordinator, client_for) -> None:
    handle(entries=[sent("d", "300000099999", shelf.noor, Do.LEND, now())], desk=one)
    client, url = client_for(coordinator), f"/school/{shelf.location.code}/balies/"
    page = client.get(url).content.decode()
    assert "Niemand kent hier streepjescode 300000099999. Er is niets gedaan." in page
    assert client.post(f"{url}gezien/", follow=True).status_code == 200
    assert "300000099999" not in client.get(url).content.decode()
    assert not DeskSurprise.objects.visible_to(SYSTEM).exists()
