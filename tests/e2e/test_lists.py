"""Lists: what one sees is what one keeps and takes along."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from .browser import Visitor
from .hands import fetch, press
from .looks import PHONE
from .pages import MANAGER

pytestmark = pytest.mark.e2e
Visit = Callable[..., Visitor]


def test_a_selection_is_filtered_sorted_kept_and_found_again(visit: Visit) -> None:
    page = visit(MANAGER).go("/scholen/")
    page.locator("[name=soort]").select_option("po")
    page.locator("#filters").get_by_role("button", name="Filter").click()
    page.locator("table.tbl thead").get_by_role("link", name="Leerlingen").click()
    page.wait_for_url("**volgorde=-leerlingen*")
    names = page.locator("table.tbl tbody th a").all_inner_texts()
    page.get_by_text("Bewaar deze selectie").click()
    page.locator("#view-name").fill("Grootste basisscholen")
    press(page, "Bewaar")
    page.goto(page.url.split("?")[0])
    page.get_by_role("navigation", name="Bewaarde selecties").get_by_role(
        "link", name="Grootste basisscholen"
    ).click()
    page.wait_for_url("**soort=po*")
    assert page.locator("table.tbl tbody th a").all_inner_texts() == names


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_holds_exactly_this_view(visit: Visit, papers: Path, kind: str) -> None:
    page = visit(MANAGER).go("/scholen/?soort=po&volgorde=-leerlingen")
    names = page.locator("table.tbl tbody th a").all_inner_texts()
    heads = [text.strip() for text in page.locator("table.tbl thead th").all_inner_texts()]
    page.get_by_text("Download deze lijst").click()
    path = fetch(page, page.locator(f"a[download][href*='formaat={kind}']").first, papers)

    if kind == "csv":
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines(), delimiter=";"))
    else:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(1).to_python()
    assert [row[0] for row in rows[1:]] == names
    assert {head for head in heads if head} <= set(map(str, rows[0]))


def test_on_a_telephone_the_buttons_below_a_field_stay_off_it(visit: Visit) -> None:
    page = visit(MANAGER, viewport=PHONE).go("/scholen/")
    field = page.locator("[name=zoek]").bounding_box()
    button = page.get_by_role("main").get_by_role("button", name="Zoeken").bounding_box()

    assert field
    assert button
    assert button["y"] - field["y"] - field["height"] >= 8


def test_on_paper_every_column_is_there_and_the_sum_stands_once(visit: Visit) -> None:
    page = visit(MANAGER, viewport={"width": 688, "height": 900}).go("/scholen/")  # A4 within its margins
    page.emulate_media(media="print")
    table = page.locator("table.tbl")

    assert table.evaluate("table => table.getBoundingClientRect().right") <= 688
    assert table.locator("tfoot").evaluate("foot => getComputedStyle(foot).display") == "table-row-group"


def test_a_filter_that_leaves_nothing_can_be_taken_off(visit: Visit) -> None:
    page = visit(MANAGER).go("/scholen/?zoek=dit+vind+je+nergens")
    page.get_by_role("main").get_by_role("link", name="Haal alle filters weg").click()
    page.wait_for_load_state()
    expect(page.locator("table.tbl tbody tr").first).to_be_visible()
