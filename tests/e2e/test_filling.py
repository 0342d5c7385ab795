"""A pupil fills in: by keyboard alone, while the connection drops, without JavaScript, on 320 pixels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from .browser import Chromium
from .server import Server

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
TABLET = {"width": 1024, "height": 768}
SEED = """
import django; django.setup()
from leesbouw.core.access import SYSTEM
from leesbouw.monitor.actions.doors import start_class
from tests.factories.cast import make_cast
from tests.factories.monitor import running_round
running = running_round(make_cast())
print(*(start_class(group_id=running.groups[name].pk, by=SYSTEM).code for name in ("6", "7/8")))
"""
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[str]]]:
    """An installation with a running round, and the codes of group 6 and of group 7/8."""
    server = Server(tmp_path_factory.mktemp("school"), demo=False)
    try:
        server.start()
        environment = server.environment() | {"DJANGO_SETTINGS_MODULE": "leesbouw.config.settings"}
        made = subprocess.run(
            [sys.executable, "-c", SEED],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        yield server, made.stdout.split()
    finally:
        server.stop()


@pytest.fixture
def opens(browser: Chromium, school: tuple[Server, list[str]]) -> Iterator[Opens]:
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


def stored(server: Server) -> int:
    return int(server.ask("SELECT count(*) FROM monitor_submission")[0])


def to_the_end(page: Page) -> None:
    """Skips what is left, with the arrow key."""
    for _ in range(60):
        if "laatste vraag" in page.title():
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(page.title())


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_by_keyboard_alone_and_on_after_a_crash(school: tuple[Server, list[str]], opens: Opens) -> None:
    server, (code, _combined) = school
    before = stored(server)
    page = opens("/m/")
    page.keyboard.type(f"{code[:3]} {code[3:].lower()}")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-form]")
    assert faults(page) == []
    page.keyboard.press("Enter")
    assert page.title().startswith("Vraag 1 van ")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert faults(page) == []

    page.reload()
    page.get_by_role("button", name="Ja, ik ga verder").press("Enter")
    assert page.title().startswith("Vraag 2 van ")
    to_the_end(page)
    page.get_by_role("button", name="Verstuur mijn antwoorden").press("Enter")
    page.wait_for_selector("text=Dank je wel")

    assert stored(server) == before + 1
    answers = server.ask("SELECT answers, receipt FROM monitor_submission ORDER BY id DESC")
    assert answers[0] == '{"L10": 3}'
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_without_connection_the_list_waits_and_leaves_once(
    school: tuple[Server, list[str]], opens: Opens
) -> None:
    server, (code, _combined) = school
    before = stored(server)
    page = opens(f"/m/{code}/")
    filled_in_without_connection(page)
    assert stored(server) == before

    page.context.set_offline(False)
    page.wait_for_selector("text=Dank je wel")
    page.evaluate("dispatchEvent(new Event('online'))")
    assert stored(server) == before + 1
    assert page.evaluate("localStorage.length") == 0


def filled_in_without_connection(page: Page) -> None:
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    to_the_end(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.wait_for_selector("text=Er is nu geen internet")


def test_what_waits_goes_after_two_hours_also_while_the_page_stays_open(
    school: tuple[Server, list[str]], opens: Opens
) -> None:
    page = opens("/m/")
    page.clock.install()
    page.goto(f"{school[0].url}/m/{school[1][0]}/")
    filled_in_without_connection(page)
    page.clock.fast_forward("01:58:00")
    assert page.evaluate("localStorage.length") == 1

    page.clock.fast_forward("03:00")
    page.wait_for_selector("text=Het duurde te lang")
    assert page.evaluate("localStorage.length") == 0


def test_the_list_of_another_child_does_not_touch_the_screen_of_the_next(
    school: tuple[Server, list[str]], opens: Opens
) -> None:
    server, (code, combined) = school
    before = stored(server)
    page = opens(f"/m/{code}/")
    page.route("**/m/*/", lambda route: route.fallback() if route.request.method == "GET" else route.abort())
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    to_the_end(page)
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.wait_for_selector("text=Er is nu geen internet")

    page.reload()  # the next child
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    server.ask("UPDATE monitor_classcode SET closed_on = '2020-01-01' WHERE code = ?", code)
    try:
        page.unroute_all()
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            page.evaluate("dispatchEvent(new Event('online'))")
        assert sent.value.status == 410
        page.wait_for_selector("[data-waiting]", state="hidden")
        assert page.title().startswith("Vraag 2 van ")
        assert page.evaluate("JSON.parse(localStorage['leesbouw-lijst']).pairs")[0] == ["L10", "2"]
    finally:
        server.ask("UPDATE monitor_classcode SET closed_on = NULL WHERE code = ?", code)

    page.evaluate("localStorage.removeItem('leesbouw-lijst')")
    with page.expect_response("**/stand/?van=*"):
        page.goto(f"{server.url}/m/{combined}/")  # another class on this device is not offered it
    assert page.locator("[data-told]").is_hidden()
    page.goto(f"{server.url}/m/{code}/")  # nor is who said that it is not hers, until she has sent hers
    page.get_by_role("button", name="Nee, ik begin opnieuw").click()
    page.reload()
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    assert page.locator("[data-told]").is_hidden()
    to_the_end(page)
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.wait_for_selector("text=Dank je wel")
    page.reload()  # and the first child again, who may still send
    page.get_by_role("button", name="Ja, ik ga verder").click()
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.wait_for_selector("text=Dank je wel")
    assert stored(server) == before + 2
    assert server.ask("SELECT answers FROM monitor_submission ORDER BY id DESC")[0] == '{"L10": 4}'
    assert page.evaluate("localStorage.length") == 0


def test_a_pause_reaches_who_is_busy(school: tuple[Server, list[str]], opens: Opens) -> None:
    server, (code, _combined) = school
    page = opens("/m/")
    page.clock.install()
    page.goto(f"{server.url}/m/{code}/")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    server.ask("UPDATE monitor_classcode SET is_paused = 1 WHERE code = ?", code)
    try:
        page.clock.fast_forward(15_000)
        page.wait_for_selector("text=Wacht even")
    finally:
        server.ask("UPDATE monitor_classcode SET is_paused = 0 WHERE code = ?", code)
    page.clock.fast_forward(3_000)
    page.wait_for_selector("text=Vraag 2 van")


def test_without_javascript_it_is_one_plain_page(school: tuple[Server, list[str]], opens: Opens) -> None:
    server, (code, _combined) = school
    before = stored(server)
    page = opens(f"/m/{code}/", java_script_enabled=False)
    page.check("#L10-4")
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()

    assert page.url.endswith(f"/m/{code}/klaar/")
    assert stored(server) == before + 1


def test_on_320_pixels_a_combination_group_chooses_its_group_first(
    opens: Opens, school: tuple[Server, list[str]]
) -> None:
    page = opens(f"/m/{school[1][1]}/", viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="Verder").click()

    assert page.locator("h2:visible").inner_text() == "In welke groep zit je?"
    assert page.locator("label:visible").all_inner_texts() == ["groep 7", "groep 8"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("width", "height", "most"), [(1024, 768, 6), (375, 667, 6)])
def test_the_button_that_goes_on_is_in_sight_and_few_answers_fit_the_screen_with_the_voice_on(
    school: tuple[Server, list[str]], opens: Opens, width: int, height: int, most: int
) -> None:
    page = opens("/m/")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{school[0].url}/m/{school[1][0]}/")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        page.evaluate("document.documentElement.classList.add('speaks')")  # as where the device has a voice
        if "laatste vraag" in page.title():
            break
        expect(page.locator("[data-next]")).to_be_in_viewport(ratio=1)
        if page.locator(".step:not([hidden]) .answers li").count() <= most:
            assert page.evaluate("document.documentElement.scrollHeight") <= height, page.title()


def test_on_a_small_telephone_no_answer_is_passed_by_because_nobody_saw_it(
    school: tuple[Server, list[str]], opens: Opens
) -> None:
    """Five answers fit; where there are more, a line says so until the last one is in sight."""
    page = opens(f"/m/{school[1][0]}/", viewport={"width": 320, "height": 568})
    more, told = page.locator("[data-more]"), 0
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        if "laatste vraag" in page.title():
            break
        page.evaluate(
            "() => { document.documentElement.classList.add('speaks'); dispatchEvent(new Event('resize')) }"
        )
        page.wait_for_timeout(50)
        answers = page.locator(".step:not([hidden]) .answers li")
        assert more.is_visible() == (hidden_by_the_bar(page) > 0), page.title()
        if answers.count() <= 5:
            expect(more).to_be_hidden()
        for _press in range(8):
            if not more.is_visible():
                break
            told += 1
            more.evaluate(
                "button => button.click()"
            )  # a click by Playwright scrolls first, and then nothing is hidden
            page.wait_for_timeout(600)  # it glides
        assert hidden_by_the_bar(page) == 0, page.title()
        expect(page.locator("[data-next]")).to_be_in_viewport(ratio=1)
    assert told > 5


def hidden_by_the_bar(page: Page) -> int:
    """How many answers of the question on the screen lie wholly or in part behind or below the buttons."""
    return int(
        page.evaluate(
            "() => { const top = document.querySelector('[data-steps]').getBoundingClientRect().top;"
            " return [...document.querySelectorAll('.step:not([hidden]) .answers li')]"
            ".filter(e => e.getBoundingClientRect().bottom > top + 4).length }"
        )
    )
