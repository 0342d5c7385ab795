"""The processing agreement of a school: the library asks, the head reads and signs on a telephone, the school page says so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .browser import Visitor
from .hands import press
from .looks import PHONE
from .pages import ADMINISTRATOR, MANAGER

pytestmark = pytest.mark.e2e

Visit = Callable[..., Visitor]


def letter(visit: Visit, address: str) -> str:
    """The newest message to an address, as the administrator sees it in the outbox."""
    page = visit(ADMINISTRATOR).go("/beheer/post/")
    page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(address))).first.click()
    page.wait_for_load_state()
    return page.get_by_role("main").inner_text()


def part_of(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found, f"no {pattern} in this message"
    return found[0]


def sign(page: Page, code: str) -> None:
    """Fills in who signs, and with which code."""
    page.locator("[name=signer_name]").fill("Dineke de Vlieger")
    page.locator("[name=signer_function]").fill("directeur")
    page.locator("[name=agrees]").check()
    page.locator("[name=code]").fill(code)
    press(page, "Teken")


@pytest.mark.parametrize(
    ("script", "school"),
    [(True, "99AF00"), (False, "99AE00")],
    ids=["with script", "without script"],
)
def test_from_the_question_to_a_signed_agreement(visit: Visit, script: bool, school: str) -> None:
    address = f"directie.{school.lower()}@voorbeeld.example"
    overview = f"/school/{school}/verwerkersovereenkomst/"
    library = visit(MANAGER, java_script_enabled=script).go(overview)
    library.get_by_role("main").get_by_role("link", name="Laat de school tekenen").click()
    library.locator("[name=name]").fill("Dineke de Vlieger")
    library.locator("[name=email]").fill(address)
    press(library, "Stuur de link")
    expect(library.get_by_role("main")).to_contain_text("Wacht op een handtekening")

    head = visit(java_script_enabled=script, viewport=PHONE)
    page = head.go(part_of(letter(visit, address), r"http://\S+/taak/\S+"))
    for heading in page.locator("details summary").all():
        heading.click()
    press(page, "Mail me de code")
    sign(page, "000000")
    expect(page.get_by_role("main")).to_contain_text("Deze code klopt niet")
    assert page.locator("[name=signer_name]").input_value() == "Dineke de Vlieger"
    sign(page, part_of(letter(visit, address), r"\b\d{6}\b"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar")

    main = visit(MANAGER, java_script_enabled=script, viewport=PHONE).go(overview).get_by_role("main")
    expect(main).to_contain_text("Dineke de Vlieger, directeur")
    expect(main).not_to_contain_text("Wacht op een handtekening")
    expect(visit(MANAGER).go(f"/school/{school}/").get_by_role("main")).to_contain_text("Geldig tot")
