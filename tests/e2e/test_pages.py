"""Every page of the list: in light and dark, on a desk and on a telephone, for eyes, ears and keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from . import looks
from .browser import Reception, Visitor
from .pages import SPOTS, Spot

pytestmark = pytest.mark.e2e
COLOURS = ("color-contrast",)  # all that differs in the dark


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
        self.window.page.set_viewport_size(looks.WIDE)
        self.window.page.emulate_media(color_scheme="light")
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
    page = guest.page

    wrong = arrive(guest, spot)
    wrong += looks.head(page) + looks.fits(page) + looks.audit(page) + looks.walkable(page)
    page.emulate_media(color_scheme="dark")
    wrong += [f"in the dark: {line}" for line in looks.audit(page, COLOURS)]
    for size in (looks.TABLET, looks.NARROW):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(size)
        wrong += [f"at {size['width']}: {line}" for line in looks.fits(page) + looks.audit(page)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"narrow in the dark: {line}" for line in looks.audit(page, COLOURS)]
    if spot.status != 200:
        guest.forgive(rf"status of {spot.status}")

    if faults := wrong + guest.wrong:
        pytest.fail("\n".join(faults), pytrace=False)


def arrive(guest: Visitor, spot: Spot) -> list[str]:
    """Opens the page, through the link that leads to it when it is a page of one thing."""
    answer = guest.page.goto(guest.server.url + spot.path)
    if spot.link:
        hrefs = guest.page.locator("main a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
        target = next((href for href in hrefs if href and re.search(spot.link, href)), None)
        if target is None:
            return [f"no link {spot.link} at {spot.path}"]
        answer = guest.page.goto(guest.server.url + target)
    status = answer.status if answer else 0
    return [] if status == spot.status else [f"answer {status} instead of {spot.status}"]
