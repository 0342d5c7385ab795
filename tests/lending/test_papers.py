"""Barcodes on paper, read back by a decoder: the sheet of a class, its cards, and the buttons beside the desk."""

from __future__ import annotations

import pytest

from leesbouw.lending.actions import handle, print_class
from leesbouw.lending.domain.cards import COMMANDS
from leesbouw.lending.domain.entries import Sent
from leesbouw.lending.models import Card
from leesbouw.lending.queries.class_papers import class_cards_pdf, class_sheet_pdf, command_sheet_pdf
from leesbouw.lending.queries.desk import desk_of_actor
from tests.factories.paper import DOTS, FEW_DOTS, Printer
from tests.factories.pupils import put_more


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    return Printer(monkeypatch)


@pytest.fixture
def rows(shelf, coordinator):  # type: ignore[no-untyped-def]
    """A class of 36, one of whom has a name that fits no line and one a card of a library with letters in it."""
    put_more(shelf.children, 35)
    sem = shelf.children.sem
    sem.first_name = "Maximiliaan-Alexander-Ferdinand van der Achternaam"
    sem.save(update_fields=["first_name"])
    Card.objects.trusted("test").filter(pupil=sem).update(barcode="PAS-12/X")
    made = print_class(group_id=shelf.children.groups["6"].pk, by=coordinator)
    assert len(made) == 36
    return made


@pytest.mark.parametrize("dots", [DOTS, FEW_DOTS])
@pytest.mark.parametrize("year", [6, 2], ids=["older", "with animals"])
def test_a_decoder_reads_every_name_of_a_class_sheet(
    shelf, coordinator, rows, printer, year, cast, dots
) -> None:
    from leesbouw.pupils.actions import print_cards

    printer.dots = dots
    group = shelf.children.groups["6"]
    group.year_groups = [year]
    group.save(update_fields=["year_groups"])
    print_cards(group_id=group.pk, by=cast.teacher)
    made = print_class(group_id=group.pk, by=coordinator)
    assert class_sheet_pdf(group, made, coordinator).startswith(b"%PDF")
    assert len(printer.pages) == 2
    assert printer.codes() == sorted(barcode for _tile, barcode in made)


def test_a_decoder_reads_every_card_and_the_desk_knows_whose_it_is(
    shelf, coordinator, rows, printer, desk
) -> None:
    assert class_cards_pdf(shelf.children.groups["6"], rows).startswith(b"%PDF")
    codes = printer.codes()
    assert codes == sorted(barcode for _tile, barcode in rows)
    place = desk_of_actor(desk)
    assert place is not None
    pupils = {barcode: tile.pupil.pk for tile, barcode in rows}
    for code in codes[:2] + codes[-2:]:
        reply = handle(entries=[Sent(request=f"r-{code}", kind="scan", code=code)], desk=place)[0]
        assert reply.who
        assert reply.who["id"] == f"pupil:{pupils[code]}"


def test_a_decoder_reads_every_button_beside_the_desk(shelf, printer) -> None:
    assert command_sheet_pdf(shelf.location).startswith(b"%PDF")
    assert printer.codes() == sorted(COMMANDS)
