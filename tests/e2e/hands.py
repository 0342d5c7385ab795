"""What hands do: press a button, walk by keyboard, read a code from a telephone, fetch a file."""

from __future__ import annotations

import time
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Locator, Page

MOST_STEPS = 150  # presses of Tab before we give up
PERIOD = 30  # seconds that a code of the telephone lasts


def press(page: Page, name: str) -> None:
    """A button of the page itself, not of the bars around it."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def tab_to(page: Page, selector: str, text: str = "") -> None:
    """Presses Tab until the focus is on such an element with this text."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        hit = page.evaluate(
            "([selector, text]) => { const e = document.activeElement; return e.matches(selector) && e.textContent.includes(text); }",
            [selector, text],
        )
        if hit:
            return
    raise AssertionError(f"Tab does not come by {selector} {text}")


def code_for(secret: str, *, ahead: int = 0) -> str:
    """What the app shows now, or so many periods later: a code works once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + ahead))


def fetch(page: Page, link: Locator, folder: Path) -> Path:
    """The file that a link gives."""
    with page.expect_download() as caught:
        link.click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path
