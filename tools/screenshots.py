"""Makes the pictures of the README from the demo: python tools/screenshots.py http://localhost:8000

Needs a running demo, Debian's chromium and the development requirements.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 780}
SHOTS = (
    # file, who, page, window
    ("start", "", "/", DESK),
    ("vandaag", "Ria van Dongen", "/vandaag/", DESK),
    ("scholen", "Samir Haddou", "/scholen/", DESK),
    ("school", "Samir Haddou", "/school/99AA00/", DESK),
    ("gesprekken", "Samir Haddou", "/gesprekken/", DESK),
    ("import", "Kevin Lim", "/import/", DESK),
    ("leerlingen", "Joke Hendriks", "/school/99AA00/leerlingen/", DESK),
    ("schooljaar", "Joke Hendriks", "/school/99AA00/nieuw-schooljaar/", DESK),
    ("monitor", "Joke Hendriks", "/monitor/deelname/11/rapport/", DESK),
    ("balie", "Joke Hendriks", "/balie/?school=99AA00", DESK),
    ("telefoon", "Meryem Kaya", "/vandaag/", PHONE),
)


def main(base: str) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-sync", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for name, who, path, window in SHOTS:
            page = browser.new_context(viewport=window, locale="nl-NL").new_page()
            page.goto(base)
            if who:
                page.locator(".cast-person", has=page.get_by_text(who, exact=True)).first.click()
                page.wait_for_url("**/vandaag/")
            page.goto(base + path)
            if name == "balie":  # somebody stands in front of it
                page.locator("#groep").select_option(label="Groep 6")
                page.locator(".faces button").nth(3).click()
                page.locator("[data-name]").get_by_text(".").wait_for()
            page.screenshot(path=TARGET / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
