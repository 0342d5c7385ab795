"""A desk serves a class: by keyboard alone, and on without a connection, with nothing lost or done twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from .browser import ARGUMENTS, Chromium, chromium
from .desks import SEED
from .server import Server

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
LAPTOP = {"width": 1280, "height": 900}
PIN = "4711"


class School:
    """An installation with a class of 25, a card each, sixty books, and codes for desks."""

    def __init__(self, server: Server, made: dict[str, Any]) -> None:
        self.server = server
        self.cards, self.books, self.codes = made["cards"], made["books"], made["codes"]
        self.elsewhere, self.box = made["elsewhere"], made["box"]
        self.pupils, self.tablets, self.pictures = made["pupils"], made["tablets"], made["pictures"]

    def loans(self, book: str) -> tuple[int, int]:
        """How often a book was lent, and how often it is out now."""
        rows = self.server.ask(
            "SELECT count(*), sum(loan.ended_at IS NULL) FROM lending_loan loan"
            " JOIN collection_copy copy ON copy.id = loan.copy_id WHERE copy.barcode = ?",
            book,
        )
        return rows[0], rows[1] or 0

    def whose(self, book: str) -> int | None:
        row = self.server.ask(
            "SELECT pupil_id FROM lending_loan loan JOIN collection_copy copy ON copy.id = loan.copy_id"
            " WHERE copy.barcode = ? AND loan.ended_at IS NULL",
            book,
        )
        return row[0] if row else None


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    server = Server(tmp_path_factory.mktemp("desk"), demo=False)
    try:
        server.start()
        made = subprocess.run(
            [sys.executable, "-c", SEED],
            env=server.environment()
            | {"DJANGO_SETTINGS_MODULE": "leesbouw.config.settings", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert made.returncode == 0, made.stderr[-2000:]
        yield School(server, json.loads(made.stdout))
    finally:
        server.stop()


class Desk:
    """A browser at a desk, with a scanner: text and Enter."""

    def __init__(self, school: School, context: BrowserContext) -> None:
        self.school, self.context = school, context
        context.set_default_timeout(15_000)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.wrong: list[str] = []
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))

    def pair(self) -> Desk:
        self.page.goto(f"{self.school.server.url}/balie/")
        self.page.fill("#code", self.school.codes.pop())
        self.page.keyboard.press("Enter")
        return self.open()

    def open(self) -> Desk:
        self.page.fill("#pin", PIN)
        self.page.keyboard.press("Enter")
        return self.ready()

    def ready(self) -> Desk:
        self.page.locator("body[data-kept]").wait_for()
        return self

    def scan(self, code: str) -> None:
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")

    def hears(self, text: str) -> None:
        expect(self.page.locator("[data-said]")).to_contain_text(text)

    def lend(self, child: int, book: int) -> None:
        self.scan(self.school.cards[child])
        self.scan(self.school.books[book])

    def cut(self) -> None:
        self.context.set_offline(True)

    def mend(self) -> None:
        self.context.set_offline(False)

    def badge(self, text: str) -> None:
        expect(self.page.locator("[data-badge]")).to_contain_text(text, timeout=20_000)


@pytest.fixture
def desk(school: School, browser: Chromium) -> Iterator[Desk]:
    context = browser.open(viewport=LAPTOP, reduced_motion="reduce", locale="nl-NL")
    one = Desk(school, context).pair()
    yield one
    assert one.wrong == []
    browser.close(context)


def test_a_class_of_25_with_the_connection_cut_half_way(desk: Desk, school: School) -> None:
    """By keyboard alone: 25 children, a book each; after the twelfth there is no connection any more, and a reload."""
    began = time.monotonic()
    for child in range(25):
        if child == 12:
            desk.cut()
        if child == 18:
            desk.page.reload()
            desk.page.locator("body[data-ready]").wait_for()
            desk.badge("handelingen")
        desk.lend(child, child)
        told = "Onthouden: boek {} is geleend" if child >= 12 else "Beer {1} op reis is geleend"
        desk.hears(told.format(school.books[child], child))
        expect(desk.page.locator(".loans li").first).to_be_visible()
    assert time.monotonic() - began < 120  # the scans of a class; ten minutes are for the children
    desk.badge("ik onthoud 13 handelingen")
    # undo goes on too, and a book comes back that was lent online
    desk.page.get_by_role("button", name="Ongedaan maken").click()
    desk.hears("Dat is teruggedraaid")
    desk.page.keyboard.press("Escape")
    desk.scan(school.books[3])
    desk.hears("Beer 3 op reis is terug")
    assert school.loans(school.books[13]) == (0, 0)
    desk.mend()
    desk.badge("verwerkt")
    for book in range(24):
        assert school.loans(school.books[book]) == (1, 0 if book == 3 else 1), book
    assert school.loans(school.books[24]) == (0, 0)
    assert desk.page.locator("[data-surprises]").is_hidden()
    desk.scan(school.books[24])
    desk.hears("Voor wie is Beer 24 op reis?")


def test_the_browser_is_closed_without_connection_and_opened_again(
    browser: Chromium, school: School, tmp_path: Path
) -> None:
    def start() -> BrowserContext:
        return browser.playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=chromium(),
            args=list(ARGUMENTS),
            viewport=LAPTOP,
            locale="nl-NL",
        )

    context = start()
    desk = Desk(school, context).pair()
    desk.cut()
    desk.lend(0, 30)
    desk.hears("Onthouden")
    context.close()
    context = start()
    try:
        desk = Desk(school, context)
        desk.cut()
        desk.page.goto(f"{school.server.url}/balie/")
        desk.badge("ik onthoud 1 handeling")
        desk.lend(1, 31)
        desk.hears("Onthouden")
        desk.mend()
        desk.badge("2 handelingen zijn verwerkt")
        assert (school.whose(school.books[30]), school.whose(school.books[31])) == tuple(school.pupils[:2])
    finally:
        context.close()


def test_a_desk_that_locks_keeps_what_waits_and_no_names(desk: Desk, school: School) -> None:
    desk.context.clear_cookies(name="csrftoken")  # stale, as after a day without connection
    desk.lend(3, 33)
    desk.hears("Beer 33 op reis is geleend")
    desk.cut()
    desk.lend(2, 32)
    desk.hears("Onthouden")
    desk.page.get_by_role("button", name="Sluiten").click()
    expect(desk.page.get_by_role("heading", name="Deze balie is gesloten")).to_be_visible()
    expect(desk.page.locator("[data-shut-waiting]")).to_contain_text("1 handeling wacht nog")
    kept = desk.page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("balie"); asked.onsuccess = () => {
        const all = asked.result.transaction("kept").objectStore("kept").getAllKeys();
        all.onsuccess = () => done(all.result); }; })"""
    )
    assert "copy" not in kept
    assert "Yusuf" not in desk.page.content()
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="Deze balie is gesloten")).to_be_visible()
    assert "Yusuf" not in desk.page.content()
    desk.mend()
    desk.page.locator("#pin").wait_for(timeout=20_000)
    expect(desk.page.locator("[data-waiting]")).to_contain_text("1 handeling wacht nog")
    desk.open()
    desk.badge("1 handeling is verwerkt")
    assert school.whose(school.books[32]) == school.pupils[2]


def test_a_desk_that_was_closed_from_afar_tells_what_waits_and_settles_it_with_a_new_code(
    desk: Desk, school: School
) -> None:
    desk.cut()
    desk.lend(9, 45)
    desk.hears("Onthouden")
    school.server.ask(
        "UPDATE lending_deskdevice SET revoked_at = made_at, token_hash = '' WHERE is_self = 0 AND token_hash <> ''"
    )
    desk.mend()  # the page goes to the door by itself
    desk.page.locator("#code").wait_for(timeout=20_000)
    expect(desk.page.locator("[data-waiting]")).to_contain_text(
        re.compile(
            "Deze balie is gesloten terwijl . (handeling wachtte|handelingen wachtten). Vraag de leescoördinator om een nieuwe code"
        )
    )
    assert "Noor" not in desk.page.content()
    assert school.loans(school.books[45]) == (0, 0)
    desk.page.fill("#code", school.codes.pop())
    desk.page.keyboard.press("Enter")
    desk.open()
    desk.badge("verwerkt")
    assert school.loans(school.books[45]) == (1, 1)


def test_a_desk_that_moves_to_another_school_sends_nothing_there(desk: Desk, school: School) -> None:
    desk.cut()
    desk.lend(10, 46)
    desk.hears("Onthouden")
    close = "UPDATE lending_deskdevice SET revoked_at = made_at, token_hash = '' WHERE is_self = 0 AND token_hash <> ''"
    school.server.ask(close)
    desk.mend()
    for code, lent in ((school.elsewhere, (0, 0)), (school.codes.pop(), (1, 1))):
        desk.page.locator("#code").wait_for(timeout=20_000)
        desk.page.fill("#code", code)
        desk.page.keyboard.press("Enter")
        desk.open()
        if lent[0]:
            desk.badge("verwerkt")
        assert school.loans(school.books[46]) == lent
        school.server.ask(close)
        desk.page.goto(f"{school.server.url}/balie/")


def test_a_box_goes_out_and_comes_back_as_a_whole_also_without_connection(desk: Desk, school: School) -> None:
    inside = school.books[57:60]
    desk.scan(school.box)
    desk.hears("Voor wie is Berenkist?")
    desk.page.select_option("#groep", label="Groep 5a")
    desk.page.get_by_role("button", name="Kies een naam").click()
    desk.page.get_by_role("button", name="Groep 5a").click()
    desk.hears("Berenkist: 3 boeken zijn geleend.")
    expect(desk.page.locator(".loans li")).to_have_count(3)
    desk.page.keyboard.press("Escape")
    desk.cut()
    desk.scan(school.box)
    desk.hears("Onthouden: Berenkist (3) is terug.")
    desk.page.get_by_role("button", name="Ongedaan maken").click()
    desk.hears("Dat is teruggedraaid")
    desk.scan(school.box)
    desk.hears("Onthouden: Berenkist (3) is terug.")
    desk.scan(inside[0])
    desk.hears("Voor wie is")
    desk.mend()
    desk.badge("verwerkt")
    assert [school.loans(one) for one in inside] == [(1, 0)] * 3
    assert desk.page.locator("[data-surprises]").is_hidden()


def test_a_desk_without_connection_knows_how_many_books_a_child_may_have(desk: Desk, school: School) -> None:
    desk.cut()
    desk.scan(school.cards[12])
    desk.hears("is er")
    for book in school.books[52:55]:
        desk.scan(book)
    desk.hears("heeft al genoeg boeken. Eerst één terug?")
    expect(desk.page.locator("[data-left]")).to_contain_text("mag nu geen boek meer")
    desk.page.get_by_role("button", name="Toch uitlenen").click()
    desk.hears("Onthouden")
    desk.mend()
    desk.badge("verwerkt")
    assert school.whose(school.books[54]) == school.pupils[12]
    assert desk.page.locator("[data-surprises]").is_hidden()


def test_two_desks_without_connection_share_a_book(desk: Desk, browser: Chromium, school: School) -> None:
    context = browser.open(viewport=LAPTOP, reduced_motion="reduce", locale="nl-NL")
    other = Desk(school, context).pair()
    try:
        for one in (desk, other):
            one.cut()
        desk.lend(4, 40)
        desk.hears("Onthouden")
        other.lend(5, 40)
        other.hears("Onthouden")
        other.mend()
        other.badge("verwerkt")
        desk.mend()
        desk.badge("verwerkt")
        expect(desk.page.locator("[data-surprises]")).to_contain_text("Later gebeurde er iets anders")
        assert school.whose(school.books[40]) == school.pupils[5]
        assert school.loans(school.books[40]) == (1, 1)
    finally:
        browser.close(context)


def test_the_desk_reads_well_without_connection(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 320, "height": 700})
    desk.cut()
    desk.lend(6, 41)
    desk.hears("Onthouden")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(desk.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    desk.mend()
    desk.badge("verwerkt")


def press(page: Page, css: str) -> None:
    """By keyboard alone."""
    page.locator(css).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def faults(page: Page) -> list[str]:
    return [f"{one['id']} {one['nodes'][0]['html'][:100]}" for one in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_child_helps_itself_at_a_tablet(browser: Chromium, school: School, scripts: bool) -> None:
    """Class, name, three pictures, book: by keyboard alone, with and without scripts; nobody stays in."""
    child, book = (20, 50) if scripts else (21, 51)
    context = browser.open(
        viewport={"width": 1024, "height": 768}, java_script_enabled=scripts, locale="nl-NL"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    if scripts:
        page.clock.install()
    page.goto(f"{school.server.url}/zelf/")
    page.locator("#code").fill(school.tablets.pop())
    page.keyboard.press("Enter")
    page.locator(".self-groups").wait_for()
    if scripts:
        assert faults(page) == []
    press(page, ".self-groups a")
    expect(page.locator(".who")).to_have_count(25)
    want = "Nina" if scripts else "Stijn"
    press(page, f".who:has-text('{want}')")
    page.locator(".pick").first.wait_for()
    for picture in school.pictures[child]:
        press(page, f'.pick[value="{picture}"]')
    page.wait_for_url("**/zelf/")
    assert f"Hoi {want}!" in page.inner_text("h1")
    page.locator("#boek").focus()
    page.keyboard.type(school.books[book])
    page.keyboard.press("Enter")
    page.locator(".self-told.good").wait_for()
    assert f"Beer {book} op reis gaat met je mee." in page.inner_text(".self-told")
    assert school.whose(school.books[book]) == school.pupils[child]
    assert page.locator("[data-camera]").is_hidden() or page.evaluate("'BarcodeDetector' in window")
    if scripts:
        assert faults(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.clock.run_for(32_000)  # nobody presses anything
        page.locator(".self-groups").wait_for()
    else:
        press(page, "text=Ik ben klaar")
        page.locator(".self-groups").wait_for()
    assert want not in page.content()
    page.locator("#boek").fill(school.books[book])
    page.keyboard.press("Enter")
    page.locator(".self-told.good").wait_for()
    assert school.loans(school.books[book]) == (1, 0)
    assert want not in page.content()
    page.go_back()
    assert want not in page.content()
    kept = context.cookies()
    assert {one["name"] for one in kept} <= {"zelf", "csrftoken"}, kept
    browser.close(context)


@pytest.mark.parametrize("width", [768, 375])
def test_a_child_whose_class_never_made_its_pictures_hears_what_to_do(
    browser: Chromium, school: School, width: int
) -> None:
    context = browser.open(viewport={"width": width, "height": 1024}, locale="nl-NL")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{school.server.url}/zelf/")
    page.locator("#code").fill(school.tablets.pop())
    page.keyboard.press("Enter")
    page.locator(".self-groups").wait_for()
    press(page, ".self-groups a:has-text('6b')")
    expect(page.locator(".who")).to_have_count(3)
    tiles = page.locator(".who").evaluate_all(
        "all => all.map(e => e.className + e.querySelector('use').outerHTML)"
    )
    assert len(set(tiles)) == 3
    assert faults(page) == []
    press(page, ".who:has-text('Britt')")
    expect(page.locator("h1")).to_have_text("Vraag om je plaatjes, Britt")
    expect(page.locator("main")).to_contain_text("Vraag je juf of meester om je kaartje")
    expect(page.locator(".pick")).to_have_count(0)
    assert faults(page) == []
    press(page, "text=Ik heb mijn kaartje")
    expect(page.locator(".pick")).to_have_count(12)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "text=Andere naam")
    expect(page.locator(".who")).to_have_count(3)
    browser.close(context)


def test_a_browser_that_keeps_nothing_lends_as_long_as_there_is_a_connection(
    browser: Chromium, school: School
) -> None:
    context = browser.open(viewport=LAPTOP, locale="nl-NL")
    context.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }")
    desk = Desk(school, context)
    desk.page.goto(f"{school.server.url}/balie/")
    desk.page.fill("#code", school.codes.pop())
    desk.page.keyboard.press("Enter")
    desk.page.fill("#pin", PIN)
    desk.page.keyboard.press("Enter")
    desk.page.locator("body[data-ready]").wait_for()
    desk.lend(7, 42)
    desk.hears("Beer 42 op reis is geleend")
    desk.cut()
    desk.scan(school.books[42])
    desk.hears("Geen verbinding")
    desk.mend()
    desk.page.keyboard.press("Escape")
    desk.scan(school.books[42])
    desk.hears("Beer 42 op reis is terug")
    assert desk.wrong == []
    browser.close(context)
