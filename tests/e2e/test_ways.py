"""The same work in other ways: by keyboard alone, without script, on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from . import looks
from .browser import Visitor, sign_in
from .hands import press, tab_to
from .pages import CONSULTANT, MANAGER, SCHOOL

pytestmark = pytest.mark.e2e
Visit = Callable[..., Visitor]


def test_with_the_keyboard_alone_one_signs_in_and_plans_a_talk(visit: Visit) -> None:
    page = visit().go("/")
    tab_to(page, "button", CONSULTANT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/vandaag/")
    page.keyboard.press("/")
    page.keyboard.type("anker")
    expect(page.get_by_role("option").first).to_contain_text("'t Anker")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/school/99AB00/")
    tab_to(page, "a", "Plan een gesprek")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gesprekken/nieuw/**")
    tab_to(page, "[name=planned_on]")
    page.keyboard.type("1-10-2099")
    tab_to(page, "main form button.go")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("main")).to_contain_text("1 oktober 2099")


def test_without_script_one_signs_in_filters_and_sorts(visit: Visit) -> None:
    guest = visit(java_script_enabled=False)
    sign_in(guest, MANAGER)
    page = guest.go("/scholen/")
    everything = page.locator("table.tbl tbody tr").count()
    page.locator("[name=soort]").select_option("po")
    page.locator("#filters").get_by_role("button", name="Filter").click()
    page.wait_for_url("**/scholen/?*soort=po*")
    primary = page.locator("table.tbl tbody tr").count()
    assert 0 < primary < everything
    page.locator("table.tbl thead").get_by_role("link", name="Leerlingen").click()
    page.wait_for_url("**volgorde=-leerlingen*")
    pupils = [
        int(text.replace(".", "") or 0) for text in page.locator("td[data-l=Leerlingen]").all_inner_texts()
    ]
    assert pupils == sorted(pupils, reverse=True)
    assert len(pupils) == primary


def test_on_a_telephone_an_action_is_finished_within_thumbs_reach(visit: Visit) -> None:
    guest = visit(CONSULTANT, viewport=looks.PHONE, has_touch=True)
    page = guest.go("/acties/nieuw/?eenheid=99AA00")
    page.locator("[name=what]").fill("Bellen vanuit de auto")
    with page.expect_navigation():
        page.get_by_role("main").locator("form button.go").tap()
    guest.go("/acties/?zoek=Bellen+vanuit+de+auto")
    assert looks.fits(page) == []
    done = page.locator("table.tbl tbody tr").first.get_by_role("button", name="Klaar")
    box = done.bounding_box()
    assert box
    assert box["height"] >= 44
    with page.expect_navigation():
        done.tap()
    expect(page.get_by_role("status").first).to_contain_text("Ongedaan")


def test_on_a_telephone_what_one_ticked_is_finished_from_the_bottom_of_the_screen(visit: Visit) -> None:
    page = visit(MANAGER, viewport=looks.PHONE, has_touch=True).go("/acties/")
    page.locator("input[name=kies]").nth(1).check()
    bar, menu = page.locator(".bulk").bounding_box(), page.locator(".side").bounding_box()
    assert bar
    assert menu
    assert looks.PHONE["height"] / 2 < bar["y"]
    assert bar["y"] + bar["height"] <= menu["y"] + 1
    assert looks.fits(page) == []
    assert looks.audit(page) == []


def test_the_short_keys_are_shown_and_work(visit: Visit) -> None:
    page = visit(CONSULTANT).go(SCHOOL)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/scholen/**")


def test_the_theme_that_one_chose_stays(visit: Visit) -> None:
    page = visit(MANAGER).go("/vandaag/")
    page.locator("details.who > summary").click()
    page.locator("[data-theme-switch]").get_by_role("button", name="Donker").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_draft_is_not_lost(visit: Visit) -> None:
    """Somebody writes a report and her window closes before she saves."""
    guest = visit(CONSULTANT)
    page = guest.go("/gesprekken/nieuw/?eenheid=99AA00")
    press(page, "Schrijf nu het verslag")
    report = page.url
    page.locator("[name=summary]").fill("Dit stond er al.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Bewaard", timeout=15_000)
    page.close()
    guest.page = guest.context.new_page()
    guest.page.goto(report)
    expect(guest.page.locator("[name=summary]")).to_have_value("Dit stond er al.")
