"""One browser, one demo and one empty installation per run; visitors per test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from .browser import Chromium, Reception, Visitor
from .children import settle
from .server import Server


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        yield Chromium(playwright)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The small demo province, with some children at its first school."""
    server = Server(tmp_path_factory.mktemp("demo"), demo=True)
    for running in _running(server):
        settle(running)
        yield running


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation that nobody has set up yet."""
    server = Server(tmp_path_factory.mktemp("empty"), demo=False)
    yield from _running(server)


def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def reception(browser: Chromium, demo: Server) -> Reception:
    return Reception(browser, demo)


@pytest.fixture
def visit(reception: Reception) -> Iterator[Callable[..., Visitor]]:
    """`visit("Ria van Dongen", viewport=…)`: a window of the demo. At the end nothing may have gone wrong in it."""
    guests: list[Visitor] = []

    def let_in(name: str = "", **wishes: Any) -> Visitor:
        guests.append(reception.visitor(name, **wishes))
        return guests[-1]

    yield let_in
    assert [line for guest in guests for line in guest.close()] == []


@pytest.fixture
def newcomer(browser: Chromium, empty: Server) -> Iterator[Callable[..., Visitor]]:
    """`newcomer()`: a window of the installation without demo."""
    guests: list[Visitor] = []
    door = Reception(browser, empty)

    def let_in(**wishes: Any) -> Visitor:
        guests.append(door.visitor(**wishes))
        return guests[-1]

    yield let_in
    assert [line for guest in guests for line in guest.close()] == []


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder for what a visitor downloads or brings."""
    return tmp_path
