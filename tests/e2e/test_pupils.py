"""Pupils come in from the file of a school, in a real browser: looked at, in doubt, mended, stored and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .browser import Visitor
from .hands import press

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]
COORDINATOR = "Joke Hendriks"
UNDO = "Maak deze import ongedaan"
HEADER = "Leerlingnummer;Roepnaam;Tussenvoegsel;Achternaam;Groep;Jaargroep;BSN;Geslacht\n"
FIRST = (
    "w0001;Wietske;;Proefstra;Proef 5;5;123456782;v\n"
    "w0002;Wubbo;van;Proefhuis;Proef 5;5;;m\n"
    "w0003;Wende;;Proefman;Proef 6;6;;v\n"
)
SECOND = (
    "w0001;Wietske;;Proefstra;Proef 6;6;;\n"
    "2;Wubbo;van;Proefhuis;Proef 5;5;;\n"
    ";Zonder;;Nummer;Proef 5;5;;\n"
    "w0003;Wende;;Proefman;Proef 6;6;;\n"
)


def bring(page: Page, papers: Path, rows: str) -> None:
    """The file of the school as far as the check; whoever is not in it stays a pupil."""
    file = papers / "leerlingen.csv"
    file.write_text(HEADER + rows, encoding="cp1252")
    page.locator("[name=file]").set_input_files(file)
    press(page, "Lees het bestand")
    page.get_by_label("Laat ze zoals ze zijn").check()
    press(page, "Controleer het bestand")
    page.wait_for_url("**/controle/**", timeout=30_000)


def test_a_school_reads_in_its_pupils_and_takes_them_back(visit: Visit, papers: Path) -> None:
    page = visit(COORDINATOR).go("/import/leerlingen/")
    main = page.get_by_role("main")
    bring(page, papers, FIRST)
    expect(main).to_contain_text("3 nieuw")
    expect(page.locator("aside.notes")).to_contain_text("burgerservicenummer")
    page.locator("button[form=start]").click()
    expect(main.get_by_role("button", name=UNDO)).to_be_visible(timeout=30_000)

    page = visit(COORDINATOR).go("/import/leerlingen/")
    bring(page, papers, SECOND)
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 naar een andere groep")
    expect(main).to_contain_text("geen nummer en geen ECK iD")
    page.get_by_role("button", name="Sla 1 rij met een fout over").click()
    page.goto(page.url.split("?")[0] + "?soort=twijfel")
    row = main.get_by_role("row", name="Wubbo van Proefhuis")
    row.get_by_role("checkbox").check()
    press(page, "Het is hetzelfde kind")
    page.locator("button[form=start]").click()
    main.get_by_role("button", name=UNDO).click(timeout=30_000)
    expect(main).to_contain_text("ongedaan gemaakt", timeout=30_000)
