"""A library moves in, and a school elsewhere gives its figures: both wizards from the file to taking back, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leesbouw.core.time import today

from .browser import Visitor
from .hands import fetch, press
from .pages import COLLECTION
from .server import Server, wait_until

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]
LOANS = "Soort;BRIN;Pasnummer;Leerlingnummer;Naam;Barcode;Titel;Uitgeleend op;Inleverdatum;Ingeleverd op\n"
FIGURES = "BRIN;Maand;Uitleningen;Mee naar huis;Leners;Leden;Bezit\n"
PUPIL = """
SELECT p.key FROM pupils_pupil p JOIN organisations_unit u ON u.id = p.location_id
JOIN pupils_enrolment e ON e.pupil_id = p.id AND e.ends_on IS NULL
WHERE u.code = '99AA00' AND p.left_on IS NULL AND p.key <> '' ORDER BY p.id LIMIT 1
"""
FREE = """
SELECT c.barcode FROM collection_copy c JOIN organisations_unit u ON u.id = c.location_id
WHERE u.code = '99AA00' AND c.status = 'in_use'
AND c.id NOT IN (SELECT copy_id FROM lending_loan WHERE ended_at IS NULL) ORDER BY c.id LIMIT 1
"""
OPEN = "SELECT count(*) FROM lending_loan l JOIN collection_copy c ON c.id = l.copy_id WHERE c.barcode = ? AND l.ended_at IS NULL"
CARD = "SELECT count(*) FROM lending_card WHERE barcode = 'VERHUIS-1' AND revoked_at IS NULL"
MONTH = """
SELECT count(*) FROM lending_lendingmonth m JOIN organisations_unit u ON u.id = m.location_id
WHERE u.code = '99AE00' AND m.month = ? AND m.loans = 123
"""


def faults(page: Page) -> list[str]:
    return [f"{one['id']} {one['nodes'][0]['html'][:100]}" for one in Axe().run(page).response["violations"]]


def whole(page: Page) -> None:
    """Nothing sticks out, at the desk and on a phone, and every rule of axe holds."""
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), width
        assert faults(page) == [], width
    page.set_viewport_size({"width": 1280, "height": 900})


def look(page: Page, path: str, file: Path, *, server: Server) -> None:
    """From the file to the page with what would happen."""
    page.goto(server.url + path)
    whole(page)
    page.locator("[name=file]").set_input_files(file)
    press(page, "Lees het bestand")
    whole(page)
    press(page, "Controleer het bestand")
    page.wait_for_url("**/controle/**", timeout=30_000)
    whole(page)


def take_in(page: Page) -> None:
    page.get_by_role("main").locator("button.go").first.click()
    back = page.get_by_role("main").get_by_role("button", name=re.compile("ongedaan", re.I)).first
    expect(back).to_be_visible(timeout=30_000)
    whole(page)


def take_back(page: Page, is_back: Callable[[], bool]) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile("ongedaan", re.I)).first.click()
    wait_until(is_back, 30)


def test_a_library_moves_in_with_cards_and_what_is_out(visit: Visit, papers: Path) -> None:
    guest = visit(COLLECTION)
    server = guest.server
    (pupil,), (barcode,) = server.ask(PUPIL), server.ask(FREE)
    since, due = today() - timedelta(days=5), today() + timedelta(days=9)
    file = papers / "uit.csv"
    file.write_text(
        LOANS
        + f";99AA00;VERHUIS-1;{pupil};;{barcode};;{since:%d-%m-%Y};{due:%d-%m-%Y};\n"
        + f";99AA00;;{pupil};;bestaat-niet;;{since:%d-%m-%Y};{due:%d-%m-%Y};\n"
    )
    page = guest.page
    look(page, "/import/uitleningen/", file, server=server)
    wrong = page.get_by_role("main").get_by_role("textbox", name="barcode")
    expect(wrong).to_have_value("bestaat-niet")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name=re.compile("Sla 1 rij met een fout over")).click()
    page.wait_for_load_state()
    take_in(page)
    expect(page.get_by_role("main")).to_contain_text("Het bestand naast Leesbouw")
    expect(page.get_by_role("main")).to_contain_text("De Regenboog")
    assert server.ask(OPEN, barcode) == (1,)
    assert server.ask(CARD) == (1,)
    paper = fetch(page, page.get_by_role("link", name=re.compile("ontvangstbewijs", re.I)).first, papers)
    assert paper.read_bytes().startswith(b"%PDF")
    take_back(page, lambda: server.ask(OPEN, barcode) == (0,) and server.ask(CARD) == (0,))


def test_a_school_elsewhere_gives_its_figures(visit: Visit, papers: Path) -> None:
    guest = visit(COLLECTION)
    server, page = guest.server, guest.page
    month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    file = papers / "cijfers.csv"
    file.write_text(FIGURES + f"99AE00;{month:%m-%Y};123;60;30;40;200\n" + "99AE00;13-2026;1;1;1;1;1\n")
    look(page, "/import/uitleencijfers/", file, server=server)
    page.get_by_role("button", name=re.compile("Sla 1 rij met een fout over")).click()
    page.wait_for_load_state()
    take_in(page)
    assert server.ask(MONTH, str(month)) == (1,)
    guest.go("/school/99AE00/uitleen/")
    expect(page.get_by_role("main")).to_contain_text("uit een bestand van een ander uitleensysteem")
    whole(page)
    page.go_back()
    take_back(page, lambda: server.ask(MONTH, str(month)) == (0,))
