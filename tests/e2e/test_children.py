"""A child comes in with its pictures and looks at its books: by keyboard alone, without JavaScript, on 320 pixels."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from .browser import Chromium
from .server import Server

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
TABLET = {"width": 1024, "height": 768}
SEED = """
import json
import django; django.setup()
from datetime import timedelta
from leesbouw.collection.actions import CopyRow, save_copies
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.lending.models import Loan
from leesbouw.organisations.actions import record_agreement
from leesbouw.pupils.actions import open_class, print_cards
from leesbouw.pupils.queries.classes import pictures_of, tiles_of
from tests.factories.cast import make_cast
from tests.factories.pupils import make_class
cast = make_cast()
record_agreement(library=cast.library_a, location=cast.a1, version="4.0", signed_on=SchoolYear.running().starts_on,
    starts_on=SchoolYear.running().starts_on, signer_name="M. Kaya", signer_function="directeur", by=SYSTEM)
there = make_class(cast.a1)
titles = [Title.objects.create(library_id=cast.library_a.pk, title=f"Beer {n} op reis", kind="picture",
    themes=["dieren"], authors=["A. Schrijver"]) for n in range(30)]
save_copies([CopyRow(title_id=one.pk, barcode=f"B{one.pk}", location_id=cast.a1.pk, place="B3") for one in titles],
    library_id=cast.library_a.pk, by=SYSTEM)
copy = Copy.objects.get(title=titles[0])
Loan.objects.create(copy=copy, title=titles[0], location_id=cast.a1.pk, year=SchoolYear.running(), kind="pupil",
    pupil=there.sem, owner=copy.owner, due_on=today() + timedelta(days=4))
session = open_class(group_id=there.groups["6"].pk, by=cast.teacher)
print_cards(group_id=session.group_id, by=cast.teacher)
(tile,) = tiles_of(session.group, session)
print(json.dumps({"code": session.code, "pictures": [one.value for one in pictures_of(tile)], "book": titles[1].pk}))
"""
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, Any]]]:
    """An installation with an open class of one child, who has a book."""
    server = Server(tmp_path_factory.mktemp("class"), demo=False)
    try:
        server.start()
        made = subprocess.run(
            [sys.executable, "-c", SEED],
            env=server.environment() | {"DJANGO_SETTINGS_MODULE": "leesbouw.config.settings"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        yield server, json.loads(made.stdout.splitlines()[-1])
    finally:
        server.stop()


@pytest.fixture
def opens(browser: Chromium, school: tuple[Server, dict[str, Any]]) -> Iterator[Opens]:
    """`opens(path)`: a tablet of its own at this address."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, **wishes: Any) -> Page:
        context = browser.open(**({"viewport": TABLET} | wishes))
        contexts.append(context)
        page = context.new_page()
        page.goto(school[0].url + path)
        return page

    yield open_page
    for context in contexts:
        browser.close(context)


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def press(page: Page, css: str) -> None:
    """By keyboard alone."""
    page.locator(css).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def come_in(page: Page, made: dict[str, Any]) -> None:
    press(page, ".who")
    for picture in made["pictures"]:
        press(page, f'.pick[value="{picture}"]')
    page.wait_for_selector("text=Ben jij Sem?")
    press(page, "form .primary")
    page.wait_for_url("**/mijn/")


def test_by_keyboard_alone_a_child_finds_its_books(school, opens: Opens) -> None:  # type: ignore[no-untyped-def]
    _server, made = school
    page = opens("/klas/")
    assert faults(page) == []
    page.locator("#code").fill(f"{made['code'][:4]} {made['code'][4:].lower()}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who")
    assert faults(page) == []
    page.locator(".who").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".pick")
    assert faults(page) == []
    page.go_back()
    come_in(page, made)

    assert "Hoi Sem!" in page.inner_text("h1")
    assert "nog 4 nachtjes" in page.inner_text("main")
    press(page, '.face[value="good"]')
    page.wait_for_timeout(500)
    page.reload()
    assert page.get_attribute('.face[value="good"]', "aria-pressed") == "true"
    for path in (
        "/mijn/",
        "/kast/",
        "/kast/voor-jou/",
        f"/kast/{made['book']}/",
        "/mijn/lijst/",
        "/mijn/plank/",
        "/tips/",
        "/mijn/gegevens/",
    ):
        page.goto(_server.url + path)
        assert faults(page) == [], path


@pytest.mark.parametrize("width", [320, 375])
def test_on_a_small_screen_nothing_sticks_out_and_everything_can_be_pressed(
    school, opens: Opens, width
) -> None:  # type: ignore[no-untyped-def]
    server, made = school
    page = opens(f"/klas/{made['code']}/", viewport={"width": width, "height": 640})
    come_in(page, made)
    for path in (
        "/mijn/",
        "/kast/",
        "/kast/voor-jou/",
        f"/kast/{made['book']}/",
        "/mijn/lijst/",
        "/mijn/plank/",
        "/tips/",
    ):
        page.goto(server.url + path)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main a, nav a, header a')].filter(e => e.offsetParent &&"
            " (e.offsetHeight < 64 || e.offsetWidth < 64)).map(e => e.textContent.trim())"
        )
        assert small == [], (path, small)


def test_without_a_script(school, opens: Opens) -> None:  # type: ignore[no-untyped-def]
    _server, made = school
    page = opens(f"/klas/{made['code']}/", java_script_enabled=False)
    come_in(page, made)
    page.click('.face[value="so"]')
    assert page.get_attribute('.face[value="so"]', "aria-pressed") == "true"
    page.click("text=Kast")
    page.click('a:has-text("dieren")')
    assert page.locator(".wall li").count() == 24


def test_who_is_away_is_asked_and_then_out(school, opens: Opens) -> None:  # type: ignore[no-untyped-def]
    _server, made = school
    page = opens(f"/klas/{made['code']}/")
    page.clock.install()
    come_in(page, made)
    page.clock.fast_forward(150_000)
    page.wait_for_selector("text=Ben je er nog?")
    page.keyboard.press("Enter")
    page.clock.fast_forward(100_000)
    assert "/mijn/" in page.url
    page.clock.fast_forward(190_000)
    page.wait_for_url(f"**/klas/{made['code']}/")
