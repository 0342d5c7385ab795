"""Trouble: a worker killed half-way through an import goes on where it was, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from string import ascii_uppercase as LETTERS

import pytest
from playwright.sync_api import expect

from .browser import Chromium, Reception
from .hands import press
from .pages import ADMINISTRATOR
from .server import Server, wait_until

pytestmark = pytest.mark.e2e

HEADERS = "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM"
ROWS = 4000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """A demo of its own, since this test fills it with thousands of schools."""
    server = Server(tmp_path / "house", demo=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def big_file(path: Path) -> Path:
    codes = [f"{number}{one}{two}" for number, one, two in product(range(70, 80), LETTERS, LETTERS)][:ROWS]
    lines = [f"Lommerland;{code};{code}00;School {code};ELZENBROEK;9901;Elzenbroek" for code in codes]
    path.write_text("\n".join([HEADERS, *lines]), encoding="utf-8")
    return path


def test_a_worker_that_is_killed_half_way_goes_on(browser: Chromium, house: Server, papers: Path) -> None:
    before = house.ask("SELECT count(*) FROM organisations_location")[0]
    guest = Reception(browser, house).visitor(ADMINISTRATOR)
    page = guest.go("/import/scholen/")
    page.locator("[name=file]").set_input_files(big_file(papers / "scholen.csv"))
    press(page, "Lees het bestand")
    page.locator("[name=sector]").select_option("po")
    press(page, "Controleer het bestand")
    page.wait_for_url("**/controle/**", timeout=30_000)
    page.get_by_role("main").locator("button.go").first.click()

    kill_when(house, lambda: ROWS > added(house, before) > 0)

    expect(page.get_by_role("heading", level=1)).to_have_text("Het bestand is ingelezen", timeout=60_000)
    assert added(house, before) == ROWS
    assert house.ask("SELECT max(attempt) FROM core_job")[0] == 2
    assert guest.close() == []


def added(server: Server, before: int) -> int:
    return server.ask("SELECT count(*) FROM organisations_location")[0] - before


def kill_when(server: Server, moment: Callable[[], bool]) -> None:
    wait_until(moment, 30)
    assert server.kill_worker()
