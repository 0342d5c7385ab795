"""A team session: the wall, two telephones, and what the team goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .browser import Visitor
from .hands import press, tab_to
from .looks import NARROW, judge
from .pages import COORDINATOR

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]


def undiscussed(visit: Visit, script: bool) -> tuple[Visitor, str]:
    """Her own school's newest report that nobody talked about, made ready by the demo; its address."""
    window = visit(COORDINATOR, java_script_enabled=script)
    server = window.server
    pk = server.ask(
        "SELECT p.id FROM monitor_participation p JOIN organisations_unit u ON u.id = p.location_id"
        " WHERE u.name = 'De Regenboog' AND p.closed_on IS NOT NULL ORDER BY p.id LIMIT 1"
    )[0]
    server.ask("UPDATE monitor_participation SET discussed_on = NULL WHERE id = ?", pk)
    server.ask(
        "DELETE FROM monitor_talkingpoint WHERE session_id IN (SELECT id FROM monitor_teamsession WHERE participation_id = ?)",
        pk,
    )
    server.ask("DELETE FROM monitor_teamsession WHERE participation_id = ?", pk)
    return window, f"/monitor/deelname/{pk}/rapport/"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_team_chooses_and_closes(visit: Visit, script: bool) -> None:
    window, report = undiscussed(visit, script)
    wall = window.go(report)
    with wall.expect_navigation():
        wall.get_by_role("link", name="Houd de teamsessie").click()
    wrong = looked_at(wall, script)
    press(wall, "Start de sessie")
    code = "".join(wall.locator(".letters b").all_inner_texts())
    wrong += looked_at(wall, script)

    for name in ("one", "two"):
        phone = visit(java_script_enabled=script, viewport=NARROW).go("/t/")
        phone.locator("#code").fill(f"{code[:3]} {code[3:].lower()}")
        press(phone, "Naar de keuze")
        wrong += looked_at(phone, script) if name == "one" else []
        phone.set_viewport_size(NARROW)
        choose(phone, name, script)
        expect(phone.locator("h1")).to_have_text("Dank je wel, je keuze telt mee")

    if script:
        expect(wall.locator(".voted")).to_contain_text("2 telefoons hebben gekozen")
    wall.reload()
    expect(wall.locator(".voted")).to_contain_text("2 telefoons hebben gekozen")
    with wall.expect_navigation():
        wall.get_by_role("button", name="Laat zien wat we kozen").click()
    expect(wall.locator(".tally li").first).to_contain_text("2 keer")
    expect(wall.locator(".tally")).to_contain_text("Meer voorlezen")
    wrong += looked_at(wall, script)
    with wall.expect_navigation():
        wall.get_by_role("link", name="Kies en sluit").click()
    wrong += looked_at(wall, script)
    wall.get_by_label("Hier gaan we mee verder").first.check()
    wall.get_by_label("In onze woorden").first.fill("Waar worden wij blij van?")
    press(wall, "Sluit de sessie")
    expect(wall.locator("main")).to_contain_text("Het team heeft de uitkomsten besproken")
    expect(wall.locator("main h3").first).to_have_text("Waar worden wij blij van?")
    assert wrong == []


def looked_at(page: Page, script: bool) -> list[str]:
    return judge(page) if script else []


def choose(phone: Page, name: str, script: bool) -> None:
    """The one by keyboard, with a sentence of her own; the other by pressing the first two."""
    if name == "one" and script:
        tab_to(phone, "input[type=checkbox]")
        phone.keyboard.press("Space")
        tab_to(phone, "#zelf")
        phone.keyboard.type("Meer voorlezen")
        tab_to(phone, "button", "Verstuur mijn keuze")
        with phone.expect_navigation():
            phone.keyboard.press("Enter")
        return
    for place in range(2 if name == "two" else 1):
        phone.locator("label.pick").nth(place).click()
    if name == "one":
        phone.locator("#zelf").fill("Meer voorlezen")
    press(phone, re.compile("Verstuur mijn keuze").pattern)


def test_a_message_of_the_conversation_fits_the_board(visit: Visit) -> None:
    """Words, picture, question and buttons are in sight together, on a board of 1280 by 720."""
    window, report = undiscussed(visit, True)
    page = window.go(report.replace("rapport", "gesprek"))
    page.set_viewport_size({"width": 1280, "height": 720})
    slides = page.locator(".slide")
    assert slides.count() > 1
    assert [slide.bounding_box()["height"] for slide in slides.all()] == [720] * slides.count()  # type: ignore[index]
    page.keyboard.press("ArrowRight")
    expect(slides.nth(1)).to_be_in_viewport(ratio=1)
