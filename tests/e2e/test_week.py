"""The week of a consultant in a real browser: her day, a report, who goes instead, her hours, and her own calendar."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .browser import Visitor
from .hands import tab_to
from .pages import CONSULTANT, MANAGER

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]
MOST_TODO = 5


def test_her_day_says_where_to_with_what_and_for_which_goal(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/vandaag/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ria, je gaat vandaag naar")
    day = page.locator("ol.lead-day")
    expect(day.get_by_text("Neem mee").first).to_be_visible()
    expect(day.get_by_role("link", name=re.compile("^Helpt bij het doel")).first).to_be_visible()
    todo = page.locator("section", has=page.get_by_role("heading", name="Nog te doen"))
    assert 0 < todo.get_by_role("listitem").count() <= MOST_TODO
    expect(page.locator("section", has=page.get_by_role("heading", name="Je uren"))).to_contain_text(
        "uur ander werk"
    )


def test_a_visit_is_written_up_by_keyboard_in_four_fields(visit: Visit) -> None:
    page = visit(CONSULTANT, viewport={"width": 375, "height": 800}).go("/vandaag/")
    page.locator("ol.lead-day a[href$='/verslag/']").last.click()
    page.wait_for_url("**/verslag/")
    address = page.url.removesuffix("verslag/")
    tab_to(page, "[name=done]")
    page.keyboard.press("Space")
    tab_to(page, "[name=time]")
    page.keyboard.press("Control+a")
    page.keyboard.type("1:15")
    tab_to(page, "[name=noticed]")
    page.keyboard.type("De groep koos zelf")
    tab_to(page, "[name=next_step]")
    page.keyboard.type("Tweede krat brengen")
    tab_to(page, "button", "Bewaar het verslag")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Het verslag is bewaard.")
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("De groep koos zelf")


def test_a_colleague_goes_instead_and_both_see_it(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/vandaag/")
    page.locator("section", has=page.get_by_role("heading", name="Hierna")).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/bezoeken/\d+/$"))
    address = page.url.removesuffix("/")
    page.goto(f"{address}/overnemen/")
    chosen = page.locator("[name=staff] option").nth(1)
    name = chosen.inner_text()
    page.locator("[name=staff]").select_option(index=1)
    page.locator("form.form button.go").click()
    page.wait_for_url(re.compile(r"/bezoeken/\d+/$"))
    words = re.compile(f"{re.escape(name)} gaat in plaats van Ria van Dongen")
    expect(page.get_by_role("main")).to_contain_text(words)
    other = visit(MANAGER).go(f"/bezoeken/{address.rsplit('/', 1)[1]}/")
    expect(other.get_by_role("main")).to_contain_text(words)


def test_her_calendar_is_an_address_that_any_program_reads(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/bezoeken/agenda/")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    address = page.locator("main input[readonly]").first.input_value()
    answer = page.request.get(address)
    assert answer.ok
    assert answer.text().startswith("BEGIN:VCALENDAR")
    assert "SEQUENCE:" in answer.text()


def test_one_day_of_a_proposal_is_taken_over(visit: Visit) -> None:
    page = visit(CONSULTANT).go("/bezoeken/voorstel/")
    days = page.get_by_role("main").get_by_role("button", name=re.compile("^Neem over"))
    before = days.count()
    with page.expect_navigation():
        days.first.click()
    assert days.count() == before - 1
