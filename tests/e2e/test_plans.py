"""A goal and a year plan in a real browser: two who write at once, the team, and a head with a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from leesbouw.core.time import SchoolYear

from .browser import Visitor
from .hands import press
from .pages import CONSULTANT, HEAD, SCHOOL

pytestmark = pytest.mark.e2e
Visit = Callable[..., Visitor]

PLAN = f"{SCHOOL}plan/jaarplan/{SchoolYear.running().next}/"
BEGIN = "#id_begin_text"


def test_two_write_in_one_plan_and_the_head_agrees_on_a_phone(visit: Visit) -> None:
    ria, joke = visit(CONSULTANT), visit(HEAD)
    hers, mine = ria.go(PLAN), joke.go(PLAN)
    hers.locator(BEGIN).fill("Wij lezen elke dag.")
    state = hers.locator("#deel-begin [data-autosave-state]")
    expect(state).to_contain_text("Bewaard", timeout=15_000)

    # another section is another matter
    mine.locator("#id_parents_text").fill("Koffie in februari.")
    expect(mine.locator("#deel-parents [data-autosave-state]")).to_contain_text("Bewaard", timeout=15_000)

    # the same section: both texts stand side by side, and nothing is lost
    mine.locator(BEGIN).fill("Wij lezen graag.")
    expect(mine.locator("#deel-begin [data-autosave-state]")).to_contain_text("Iemand anders", timeout=15_000)
    joke.forgive("409")
    press(mine, "Laat beide teksten zien")
    expect(mine.get_by_role("main")).to_contain_text("Wij lezen elke dag.")
    expect(mine.get_by_role("main")).to_contain_text("Wij lezen graag.")

    joke.forgive("409")
    hers = ria.go(PLAN)
    expect(hers.locator(BEGIN)).to_have_value("Wij lezen elke dag.")
    expect(hers.locator("#id_parents_text")).to_have_value("Koffie in februari.")
    press(hers, "Stuur naar het team")
    expect(hers.get_by_role("main")).to_contain_text("Bij het team")

    joke.page.set_viewport_size({"width": 375, "height": 700})
    mine = joke.go(PLAN)
    press(mine, "Akkoord met dit plan")
    expect(mine.get_by_role("main")).to_contain_text("Je bent akkoord met dit plan.")


def test_a_goal_is_set_and_looked_back_on(visit: Visit) -> None:
    page = visit(CONSULTANT).go(f"{SCHOOL}doelen/nieuw/?jaar={SchoolYear.running().next}")
    page.get_by_label("Wat wil je bereiken?").fill("Elke groep een boekenkring")
    page.get_by_label("Een verandering die we kunnen zien").check()
    page.get_by_label("Waaraan zie je de verandering?").fill("Het staat in elk rooster")
    press(page, "Stel dit doel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Elke groep een boekenkring")
    page.get_by_role("link", name="Kijk terug op dit doel").click()
    page.get_by_label("Hoe ging het, in je eigen woorden?").fill("Vier groepen doen het.")
    page.get_by_label("We gaan ermee door").check()
    press(page, "Bewaar")
    expect(page.get_by_role("main")).to_contain_text("Vier groepen doen het.")
