"""A round of the Monitor: the coordinator plans it, invites, writes; a head says yes on her telephone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from leesbouw.core.time import SchoolYear

from .browser import Visitor
from .hands import press
from .looks import PHONE, judge
from .test_agreements import letter, part_of

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]
COORDINATOR = "Tom Wielinga"


def click(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


@pytest.mark.parametrize(
    ("script", "kind", "who"),
    [(True, "vo", "directeur"), (False, "ko", "locatiemanager")],
    ids=["with script", "without script"],
)
def test_from_a_plan_to_a_yes(visit: Visit, script: bool, kind: str, who: str) -> None:
    window = visit(COORDINATOR, java_script_enabled=script)
    page = window.go("/monitor/")
    click(page, "Een ronde plannen")
    page.locator(f"[name=soort][value={kind}]").check()
    page.locator("[name=jaar]").select_option(str(SchoolYear.running().next))
    press(page, "Verder")
    press(page, "Plan deze ronde")
    main = page.get_by_role("main")
    with page.expect_navigation():
        main.get_by_role("button", name=re.compile("Nodig .* uit")).first.click()
    expect(main).to_contain_text("uitgenodigd")

    with page.expect_navigation():
        main.locator("tbody th a").first.click()
    address = f"directie.monitor.{kind}@voorbeeld.example"
    click(page, f"Vraag het de {who}")
    page.locator("[name=name]").fill("Dineke de Vlieger")
    page.locator("[name=email]").fill(address)
    press(page, "Stuur de link")
    expect(main).to_contain_text("Dineke de Vlieger kreeg de link")

    head = visit(java_script_enabled=script, viewport=PHONE)
    answer = head.go(part_of(letter(visit, address), r"http://\S+/taak/\S+"))
    expect(answer.locator("main")).to_contain_text("Wat gaat nooit de deur uit?")
    answer.locator("[name=answer][value=ja]").check()
    press(answer, "Stuur dit antwoord")
    expect(answer.locator("main")).to_contain_text("De Bibliotheek kent nu je antwoord.")
    page.reload()
    expect(main).to_contain_text("Dineke de Vlieger")
    expect(main).to_contain_text("Met een link")


def test_the_pages_of_a_round_are_sound(visit: Visit) -> None:
    """Those that need a round, which this test plans: two years ahead, so that it stands in nobody's way."""
    window = visit(COORDINATOR)
    year = SchoolYear.running().next.next
    page = window.go(f"/monitor/ronde/nieuw/?soort=po&jaar={year}")
    press(page, "Plan deze ronde")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=re.compile("Nodig .* uit")).first.click()
    here = page.url
    one = page.locator("main tbody input[name=kies]").first.get_attribute("value")
    wrong: list[str] = []
    for path in (
        "",
        "scholen/",
        "wijzigen/",
        "openen/",
        "eigen-vragen/",
        "volgers/",
        f"herinneren/?kies={one}",
        f"verlengen/?kies={one}",
    ):
        window.go(here + path)
        wrong += [f"{path}: {fault}" for fault in judge(page)]
    for path in ("", "antwoord/", "vragen/"):
        window.go(f"{here.split('ronde/')[0]}deelname/{one}/{path}")
        wrong += [f"deelname {path}: {fault}" for fault in judge(page)]

    assert wrong == []
