"""The lists of sbo, vo and BoekStart, question by question: by keyboard alone, in the dark, on 320 pixels, without JavaScript."""

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

from leesbouw.accounts.domain import hashed

from .browser import Chromium
from .looks import NARROW
from .server import Server

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
TABLET = {"width": 768, "height": 1024}
SEED = """
import django; django.setup()
import json
from leesbouw.core.access import SYSTEM
from leesbouw.monitor.actions.doors import start_class
from leesbouw.monitor.actions.links import make_link
from leesbouw.monitor.domain.doors import LinkRow
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.organisations.models import Location
from tests.factories.cast import make_cast
from tests.factories.monitor import running_round
cast = make_cast()
Location.objects.filter(pk=cast.a1.pk).update(sector="sbo")
sbo = running_round(cast)
vo = running_round(cast, kind="vo", location=cast.b1)
ko = running_round(cast, kind="ko", location=cast.k1)
classes = save_groups([GroupRow("2B", (2,))], location=cast.b1, year=vo.round.year, by=SYSTEM)
def code(group):
    return start_class(group_id=group.pk, by=SYSTEM).code
def link(running, respondent, group=None):
    row = LinkRow(respondent, "Noor", f"{respondent}@voorbeeld.example", group)
    return make_link(participation=running.participation, row=row, by=SYSTEM)[1]
made = {"sbo": code(sbo.groups["6"]), "vo": code(classes["2B"])}
made |= {one: link(ko, one) for one in ("worker", "coordinator", "library")}
made |= {"vo-teacher": link(vo, "teacher", classes["2B"].pk), "vo-consultant": link(vo, "consultant")}
print(json.dumps(made))
"""
BY_LINK = ("worker", "coordinator", "library", "vo-teacher", "vo-consultant")
FOCUS = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    return {kind: e.type || '', name: e.name || '', says: (e.innerText || '').trim(),
            seen: ring && box.bottom > 0 && box.top < innerHeight};
}"""
QUESTION = """() => {
    const step = [...document.querySelectorAll('[data-step]')].find(e => !e.hidden);
    return {code: step.dataset.step, kind: (step.querySelector('input, textarea') || {}).type || '',
            faces: step.querySelectorAll('svg.face').length};
}"""
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """An installation with a running round of each kind: codes of classes, and tokens of lists by link."""
    server = Server(tmp_path_factory.mktemp("places"), demo=False)
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
        yield server, json.loads(made.stdout)
    finally:
        server.stop()


@pytest.fixture
def opens(browser: Chromium, places: tuple[Server, dict[str, str]]) -> Iterator[Opens]:
    contexts: list[BrowserContext] = []

    def open_page(path: str, **wishes: Any) -> Page:
        context = browser.open(**({"viewport": TABLET, "reduced_motion": "reduce"} | wishes))
        contexts.append(context)
        page = context.new_page()
        page.goto(places[0].url + path)
        return page

    yield open_page
    for context in contexts:
        browser.close(context)


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def stored(server: Server, questionnaire: str) -> list[dict[str, Any]]:
    found = server.ask(
        "SELECT json_group_array(json(answers)) FROM monitor_submission WHERE questionnaire = ?",
        questionnaire,
    )
    return list(json.loads(found[0]))


def to_the_button(page: Page, words: str) -> None:
    for _press in range(12):
        if words in page.evaluate(FOCUS)["says"]:
            return
        page.keyboard.press("Tab")
    raise AssertionError(page.title())


def walk(page: Page) -> list[dict[str, Any]]:
    """Answers every question with keys alone; what each of them was."""
    page.wait_for_selector("[data-form]")
    page.keyboard.press("Enter")
    found: list[dict[str, Any]] = []
    while "laatste vraag" not in page.title():
        title, question = page.title(), page.evaluate(QUESTION)
        assert not page.evaluate(WIDE), title
        if (question["kind"], question["faces"]) not in {(one["kind"], one["faces"]) for one in found}:
            assert faults(page) == [], title
        found.append(question)
        if question["kind"] == "textarea":
            to_the_button(page, "Verder")
        else:
            page.keyboard.press("2")
        page.keyboard.press("Enter")
        page.wait_for_function("(before) => document.title !== before", arg=title)
        assert len(found) < 60
    return found


@pytest.mark.parametrize(
    ("who", "viewport"), [("sbo", TABLET), ("sbo", NARROW), ("vo", TABLET), ("vo", NARROW)]
)
def test_a_pupil_answers_every_question_by_keyboard(
    places: tuple[Server, dict[str, str]], opens: Opens, who: str, viewport: dict[str, int]
) -> None:
    server, made = places
    key = {"sbo": "po-pupil@1", "vo": "vo-pupil@1"}[who]
    before = len(stored(server, key))
    page = opens(f"/m/{made[who]}/", viewport=viewport, color_scheme="dark")
    found = walk(page)
    liking = next(one for one in found if one["code"] in {"L10", "VL10"})
    assert liking["faces"] == {"sbo": 3, "vo": 4}[who]
    page.get_by_role("button", name="Verstuur mijn antwoorden").press("Enter")
    page.wait_for_selector("text=Dank je wel")
    answers = stored(server, key)
    assert len(answers) == before + 1
    assert set(answers[-1]) == {one["code"] for one in found if one["kind"] != "textarea"}


@pytest.mark.parametrize("who", ["sbo", "vo"])
def test_without_javascript_a_pupil_has_one_page_on_320_pixels(
    places: tuple[Server, dict[str, str]], opens: Opens, who: str
) -> None:
    server, made = places
    key = {"sbo": "po-pupil@1", "vo": "vo-pupil@1"}[who]
    before = len(stored(server, key))
    page = opens(f"/m/{made[who]}/", viewport=NARROW, java_script_enabled=False)
    page.locator("input[type=radio]").nth(5).check()
    page.get_by_role("button", name="Verstuur mijn antwoorden").press("Enter")
    page.wait_for_selector("text=Dank je wel")
    assert len(stored(server, key)) == before + 1


@pytest.mark.parametrize("who", BY_LINK)
def test_a_grown_up_answers_every_question_by_keyboard_in_the_dark(
    places: tuple[Server, dict[str, str]], opens: Opens, who: str
) -> None:
    server, made = places
    narrow = opens(f"/lijst/{made[who]}/", viewport=NARROW, java_script_enabled=False)
    assert narrow.locator(".question").count() == narrow.locator(".question:visible").count() > 5
    page = opens(f"/lijst/{made[who]}/", viewport=NARROW, color_scheme="dark")
    assert faults(page) == []
    assert not page.evaluate(WIDE)
    answered: set[str] = set()
    for _press in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        assert here["seen"], here
        if "Verstuur" in here["says"]:
            break
        if here["name"] in answered:
            continue
        answer(page, here["kind"])
        answered |= {here["name"]} if here["name"] else set()
    asked = page.locator(".question:visible").evaluate_all("all => all.map(one => one.dataset.item)")
    assert answered == set(asked)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Je lijst is verstuurd")
    assert faults(page) == []
    used = "SELECT count(*) FROM monitor_personallink WHERE is_used AND token_hash = ?"
    assert server.ask(used, hashed(made[who])) == (1,)


def answer(page: Page, kind: str) -> None:
    """What a key does at a question of this kind."""
    if kind in {"radio", "checkbox"}:
        page.keyboard.press("Space")
    elif kind == "textarea":
        page.keyboard.type("Meer tijd om voor te lezen")
    elif kind == "text":
        page.keyboard.type("2")
