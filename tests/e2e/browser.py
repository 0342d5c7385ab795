"""Visitors: a browser window each, that remembers whatever went wrong in it."""

from __future__ import annotations

import os
import re
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    WebError,
)

from .server import Server

WIDE = {"width": 1280, "height": 900}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
PATIENCE = 10_000  # ms
LAST_PATIENCE = 60  # seconds that a window may take to close


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "there is no chromium here"
    return found


class Chromium:
    """The browser. Now and then it never answers that a window is closed: then it is ended, and starts anew."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright = playwright
        self.mark = f"--leesbouw-{uuid4().hex}"
        self.browser: Browser | None = None

    def open(self, **options: Any) -> BrowserContext:
        if self.browser is None or not self.browser.is_connected():
            arguments = [*ARGUMENTS, self.mark]
            self.browser = self.playwright.chromium.launch(executable_path=chromium(), args=arguments)
        return self.browser.new_context(**options)

    def close(self, context: BrowserContext) -> None:
        timer = Timer(LAST_PATIENCE, self.end)
        timer.start()
        try:
            context.close()
        except Error:
            if self.browser and self.browser.is_connected():
                raise
        finally:
            timer.cancel()

    def end(self) -> None:
        """Ends the browser by force."""
        for place in Path("/proc").glob("[0-9]*/cmdline"):
            if self.mark.encode() in _read(place):
                os.kill(int(place.parent.name), signal.SIGKILL)


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:  # it has just gone
        return b""


@dataclass
class Visitor:
    """One person's window on one server. `wrong` fills with what may not happen; `forgive` takes some of it out."""

    server: Server
    chromium: Chromium
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._hear)
        self.context.on("weberror", self._break)
        self.context.on("request", self._ask)
        self.context.on("response", self._answer)
        self.page: Page = self.context.new_page()

    def go(self, path: str) -> Page:
        self.page.goto(path if "://" in path else self.server.url + path)
        return self.page

    def forgive(self, pattern: str) -> None:
        """What this test brings about on purpose, such as a page that is not there."""
        self.wrong = [line for line in self.wrong if not re.search(pattern, line)]

    def close(self) -> list[str]:
        self.chromium.close(self.context)
        return self.wrong

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(f"console {message.type} at {_path(self._where(message))}: {message.text}")

    def _break(self, error: WebError) -> None:
        self.wrong.append(f"script broke: {error.error}")

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _answer(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"answer {response.status} at {_path(response.url)}")

    def _where(self, message: ConsoleMessage) -> str:
        return message.location.get("url", "") or (message.page.url if message.page else "")


def _path(url: str) -> str:
    return urlsplit(url).path


class Reception:
    """Lets visitors in. Who signed in once is known by her cookie, so a test need not do it again."""

    def __init__(self, chromium: Chromium, server: Server) -> None:
        self.chromium = chromium
        self.server = server
        self.known: dict[str, Any] = {}

    def visitor(self, name: str = "", **wishes: Any) -> Visitor:
        """Somebody of the demo by name (as on the start page), or nobody yet."""
        options: dict[str, Any] = {"viewport": WIDE, "reduced_motion": "reduce", "locale": "nl-NL"} | wishes
        if name in self.known:
            options["storage_state"] = self.known[name]
        guest = Visitor(self.server, self.chromium, self.chromium.open(**options))
        if name and name not in self.known:
            sign_in(guest, name)
            self.known[name] = guest.context.storage_state()
        return guest

    def forget(self, name: str) -> None:
        """After somebody signed out or changed her role."""
        self.known.pop(name, None)


def sign_in(guest: Visitor, name: str) -> None:
    """The one click of the demo's start page."""
    guest.go("/")
    guest.page.locator(".cast-person", has=guest.page.get_by_text(name, exact=True)).first.click()
    guest.page.wait_for_url("**/vandaag/")
