"""A school that moves in mid-year: cards, open loans and holds from a file; what is wrong, the comparison, taking back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import AMSTERDAM, today
from leesbouw.exchange import actions
from leesbouw.exchange.domain.loans import clean_row
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.lending.actions import Entry, give_back, lend, scan
from leesbouw.lending.enums import Do
from leesbouw.lending.models import Card, Hold, Loan
from tests.factories.cast import add_person
from tests.factories.lending import make_shelf

from .steps import bring, check, counts, errors, store, take_back

HEAD = "Soort;BRIN;Pasnummer;Leerlingnummer;Naam;Barcode;Titel;Uitgeleend op;Inleverdatum;Ingeleverd op\n"
SINCE, DUE = today() - timedelta(days=5), today() + timedelta(days=9)


def line(
    what="", school="99AA00", card="", pupil="", barcode="", title="", since=SINCE, due=DUE, back=""
) -> str:  # type: ignore[no-untyped-def]
    days = [f"{day:%d-%m-%Y}" if isinstance(day, date) else day for day in (since, due, back)]
    return ";".join([what, school, card, pupil, "Noor de V.", barcode, title, *days]) + "\n"


@pytest.fixture
def shelf(cast):  # type: ignore[no-untyped-def]
    return make_shelf(cast.library_a, cast.a1)


@pytest.fixture
def desk(cast):  # type: ignore[no-untyped-def]
    return add_person("Wil Balie", "volunteer", cast.a1)


def bring_loans(cast, *lines: str):  # type: ignore[no-untyped-def]
    return bring((HEAD + "".join(lines)).encode(), SYSTEM, "loans", library=cast.library_a.pk)


def loans():  # type: ignore[no-untyped-def]
    return Loan.objects.visible_to(SYSTEM).order_by("pk")


def a_move(shelf) -> list[str]:  # type: ignore[no-untyped-def]
    one, two, three, _four = shelf.copies
    return [
        line(card="OUD-1", pupil="001", barcode=one.barcode),
        line(card="OUD-1", barcode=two.barcode, due=""),
        line("reservering", pupil="003", title=three.title.title, since=SINCE, due=""),
        line("pas", card="OUD-4", pupil="004", since="", due=""),
        line(pupil="003", barcode=three.barcode, back=SINCE),
    ]


def test_cards_loans_and_holds_come_along(cast, shelf, desk) -> None:
    run = bring_loans(cast, *a_move(shelf))
    assert (counts(run), run.counts["over"]) == ({"new": 4}, 1)
    first, second = loans()
    assert (first.pupil_id, first.due_on, first.year_group) == (shelf.noor.id, DUE, 5)
    assert first.borrowed_at.astimezone(AMSTERDAM).date() == SINCE
    assert (second.pupil_id, second.due_on > SINCE) == (shelf.noor.id, True)
    hold = Hold.objects.visible_to(SYSTEM).get()
    assert (hold.pupil_id, hold.placed_at.astimezone(AMSTERDAM).date()) == (shelf.sem.id, SINCE)
    found = scan(entry=Entry("OUD-4", None), location_id=cast.a1.pk, by=desk)
    assert found.answer.do == Do.CHOOSE
    back = scan(entry=Entry(shelf.copies[0].barcode, None), location_id=cast.a1.pk, by=desk)
    assert back.answer.do == Do.GIVE_BACK


def test_the_file_beside_leesbouw_by_school(cast, shelf, client_for) -> None:
    content = [
        *a_move(shelf),
        line(pupil="999", barcode=shelf.copies[3].barcode),
        line(school="99ZZ99", pupil="1", title="X"),
    ]
    bring_loans(cast, *a_move(shelf)[:1])
    run = bring_loans(cast, *content)
    assert run.counts["by_school"] == [
        ["99AA00", cast.a1.name, 6, 1, 3, 1, 1],
        ["99ZZ99", "", 1, 0, 0, 1, 0],
    ]
    for row in run.counts["by_school"]:
        assert row[2] == sum(row[3:])
    keeper = add_person("Hester Verhuis", "collection", cast.library_a)
    mine = bring(
        (HEAD + line(pupil="003", barcode=shelf.copies[3].barcode)).encode(),
        keeper,
        "loans",
        library=cast.library_a.pk,
    )
    page = client_for(keeper)
    assert "Het bestand naast Leesbouw" in page.get(f"/import/run/{mine.pk}/").content.decode()
    paper = page.get(f"/import/run/{mine.pk}/ontvangstbewijs.pdf")
    assert paper.content.startswith(b"%PDF")
    assert client_for(cast.teacher).get("/import/uitleningen/").status_code == 403


def test_the_same_file_twice_changes_nothing(cast, shelf) -> None:
    bring_loans(cast, *a_move(shelf))
    again = check((HEAD + "".join(a_move(shelf))).encode(), SYSTEM, "loans", library=cast.library_a.pk)
    assert counts(again) == {"same": 4}


def test_a_move_goes_back_and_what_was_used_stays(cast, shelf, desk) -> None:
    cards = set(Card.objects.visible_to(SYSTEM).filter(revoked_at=None).values_list("barcode", flat=True))
    run = bring_loans(cast, *a_move(shelf))
    give_back(copy_id=shelf.copies[0].pk, location_id=cast.a1.pk, by=desk)
    run = take_back(run, SYSTEM)
    assert run.counts["blocked"] == 1
    assert loans().get().copy_id == shelf.copies[0].pk
    assert not Hold.objects.visible_to(SYSTEM).exists()
    held = Card.objects.visible_to(SYSTEM).filter(revoked_at=None)
    assert set(held.values_list("barcode", flat=True)) == cards


def test_what_is_wrong_stands_at_its_row(cast, shelf, desk) -> None:
    one, two, three, four = shelf.copies
    lend(copy_id=four.pk, to=shelf.sem, location_id=cast.a1.pk, by=desk)
    run = bring_loans(
        cast,
        line(pupil="001", barcode="bestaat-niet"),
        line(pupil="777", barcode=one.barcode),
        line(card="nergens", barcode=one.barcode),
        line(pupil="001", barcode=four.barcode),
        line(pupil="001", barcode=one.barcode, since=today() + timedelta(days=1), due=""),
        line(pupil="001", barcode=two.barcode),
        line(pupil="003", barcode=two.barcode),
        line("reservering", pupil="001", title="Een boek dat niemand heeft"),
        line(barcode=one.barcode),
        line("fiets", pupil="001", barcode=one.barcode),
        line(pupil="001", barcode=three.barcode, since="gisteren"),
        line(pupil="001", barcode=three.barcode, due=SINCE - timedelta(days=9)),
        line("pas", card=shelf.card_of(shelf.sem), pupil="001", since="", due=""),
        line(school="99BA00", pupil="001", barcode=three.barcode),
    )
    assert [error[1:] for error in errors(run)] == [
        ("barcode", "unknown_barcode"),
        ("pupil", "unknown_who"),
        ("card", "unknown_who"),
        ("barcode", "lent_already"),
        ("borrowed", "future"),
        ("barcode", "double_copy"),
        ("title", "unknown_title"),
        ("card", "nobody"),
        ("what", "what"),
        ("borrowed", "day"),
        ("due", "due_before"),
        ("card", "card_taken"),
        ("school", "unknown_location"),
    ]
    assert loans().count() == 2


def test_a_book_that_went_out_after_the_check_stays_with_who_has_it(cast, shelf, desk) -> None:
    run = check(
        (HEAD + line(pupil="001", barcode=shelf.copies[0].barcode)).encode(),
        SYSTEM,
        "loans",
        library=cast.library_a.pk,
    )
    lend(copy_id=shelf.copies[0].pk, to=shelf.sem, location_id=cast.a1.pk, by=desk)
    store(run, SYSTEM)
    assert loans().get().pupil_id == shelf.sem.id


def test_zeros_in_front_of_a_number_are_no_reason_to_refuse(cast, shelf) -> None:
    bring_loans(cast, line(pupil="1", barcode=shelf.copies[0].barcode))
    assert loans().get().pupil_id == shelf.noor.id


def test_no_name_is_kept_and_an_erased_child_goes_from_every_row(cast, shelf) -> None:
    run = bring_loans(cast, *a_move(shelf), line(pupil="001", barcode="bestaat-niet"))
    waiting = check((HEAD + a_move(shelf)[0]).encode(), SYSTEM, "loans", library=cast.library_a.pk)
    rows = ImportRow.objects.filter(run=run)
    assert not any("Noor" in str(value) for row in rows for value in (row.cleaned, row.label, row.before))
    events = AuditEvent.objects.filter(verb__startswith="lending.bring")
    assert events
    assert not any("pupil" in str(event.data) for event in events)
    actions.wipe_pupil_copies([shelf.noor.id])
    actions.forget_waiting_files([cast.a1.pk])
    assert not rows.filter(object_id=shelf.noor.id).exists()
    assert not rows.filter(cleaned__pupil="001").exists()
    assert not ImportPart.objects.filter(run=waiting).exists()


def test_from_the_shell(cast, shelf, tmp_path) -> None:
    file = tmp_path / "uitleningen.csv"
    file.write_text(HEAD + "".join(a_move(shelf)))
    assert main(["import", "loans", str(file), "--library", cast.library_a.code, "--dry-run"]) == 0
    assert not loans().exists()
    assert main(["import", "loans", str(file), "--library", cast.library_a.code]) == 0
    assert loans().count() == 2
    assert main(["import", "undo", str(ImportRun.objects.latest("pk").pk)]) == 0
    assert not loans().exists()


texts = st.text(st.characters(codec="utf-8", exclude_characters=";\n\r"), max_size=12)


@given(st.lists(texts, min_size=10, max_size=10))
def test_whatever_stands_in_a_row_it_is_a_row_or_a_mistake(cells: list[str]) -> None:
    codes = ("what", "school", "card", "pupil", "barcode", "isbn", "title", "borrowed", "due", "returned")
    found = clean_row(1, {code: [cell] for code, cell in zip(codes, cells, strict=True)})
    assert found.is_faulty or found.values["what"] in {"loan", "hold", "card"}
