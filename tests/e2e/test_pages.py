"""Every page of the list: in light and dark, on a desk and on a telephone, for eyes, ears and keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from . import looks
from .browser import Reception, Visitor
from .pages import SPOTS, Spot

pytestmark = pytest.mark.e2e

SIGN_IN = "/aanmelden/?next="


class Guests:
    """The window of one person, kept open from page to page; next to another window it would draw once a second."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception
        self.who: str | None = None
        self.window: Visitor | None = None

    def of(self, who: str) -> Visitor:
        if self.window is None or who != self.who:
            self.close()
            self.who, self.window = who, self.reception.visitor(who)
        self.window.wrong.clear()
        return self.window

    def close(self) -> None:
        if self.window is not None:
            self.window.close()


@pytest.fixture(scope="module")
def guests(reception: Reception) -> Iterator[Guests]:
    everybody = Guests(reception)
    yield everybody
    everybody.close()


@pytest.mark.parametrize("spot", sorted(SPOTS, key=lambda spot: spot.who), ids=str)
def test_a_page_is_sound(spot: Spot, guests: Guests) -> None:
    guest = guests.of(spot.who)

    wrong = arrive(guest, spot) + looks.judge(guest.page)
    if spot.status != 200:
        guest.forgive(rf"status of {spot.status}")

    if faults := wrong + guest.wrong:
        pytest.fail("\n".join(faults), pytrace=False)


def arrive(guest: Visitor, spot: Spot) -> list[str]:
    """Opens the page, through the links that lead to it when it is a page of one thing."""
    answer = guest.page.goto(guest.server.url + spot.path)
    for link in spot.links:
        target = next((href for words, href in ways_on(guest.page) if re.search(link, words)), None)
        if target is None:
            return [f"no link {link} at {guest.page.url}"]
        answer = guest.page.goto(urljoin(guest.page.url, target))
    status = answer.status if answer else 0
    wrong = [] if status == spot.status else [f"answer {status} instead of {spot.status}"]
    return wrong + ([f"{spot.who} was sent to sign in"] if spot.who and SIGN_IN in guest.page.url else [])


def ways_on(page: Page) -> Iterator[tuple[str, str]]:
    """What may be asked for, with its address: the address of a link, its words, an address in the text of a letter."""
    links = page.locator("main a").evaluate_all(
        "(all) => all.map((a) => [a.textContent, a.getAttribute('href')])"
    )
    for words, href in links:
        if href:
            yield href, href
            yield words, href
    for address in re.findall(r"https?://\S+", page.locator("main").inner_text()):
        yield address, address
