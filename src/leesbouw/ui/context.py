"""What the frame of every page needs, worked out only when a page really shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from leesbouw import __version__
from leesbouw.core import registry, stamp
from leesbouw.core.access import Actor
from leesbouw.core.db import Asked
from leesbouw.core.jobs import OVER, Job
from leesbouw.core.time import SchoolYear, years_around

THEMES = ("light", "dark")
THEME_COOKIE = "weergave"
MOST_ITEMS = 7
IN_BOTTOM_BAR = 5  # on a phone; with more items the last place becomes "more"


BUSY = Asked(lambda: Job.objects.filter(by_user_id=0).exclude(state__in=OVER).order_by().values_list("pk"))


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu. `key` follows `g` as a shortcut."""

    label: str
    url: str
    icon: str
    count: int | None
    current: bool
    key: str


@dataclass(frozen=True, slots=True)
class Year:
    year: SchoolYear
    query: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, role, years, tray, demo stamp, messages and the chosen theme."""
    actor: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "menu": SimpleLazyObject(lambda: menu_for(request, actor)),
        "held_role": next((role for role in getattr(request, "roles", ()) if role.current), None),
        "years": SimpleLazyObject(lambda: years_for(request)),
        "tray_count": SimpleLazyObject(lambda: tray_count(actor)),
        "demo": SimpleLazyObject(stamp.is_demo),
        "toasts": get_messages(request),
        "theme": theme if theme in THEMES else "",
        "version": __version__,
    }


def menu_for(request: HttpRequest, actor: Actor | None) -> list[Item]:
    """The places this role goes to most, in the order of the role, at most seven."""
    if actor is None:
        return []
    lines: list[tuple[registry.MenuItem, str]] = []
    for code in getattr(request, "role_menu", ()):
        item = registry.menu.get(code)
        if item is None or (item.permission and not actor.may(item.permission)):
            continue
        if url := item.url(actor):
            lines.append((item, url))
    lines = lines[:MOST_ITEMS]
    here = _longest_match(request.path, lines)
    taken: set[str] = set()
    return [
        Item(
            label=str(item.label),
            url=url,
            icon=item.icon,
            count=item.count(actor) if item.count else None,
            current=url == here,
            key=_free_letter(str(item.label), taken),
        )
        for item, url in lines
    ]


def _longest_match(path: str, lines: Sequence[tuple[registry.MenuItem, str]]) -> str:
    """The address of the menu line under which this page lies; a page of its own has none."""
    matches = [
        (len(start), url)
        for item, url in lines
        for start in (url.split("?")[0], *item.under)
        if path.startswith(start)
    ]
    return max(matches, default=(0, ""))[1]


def _free_letter(label: str, taken: set[str]) -> str:
    """The first letter of the label that no earlier line has."""
    for letter in label.lower():
        if letter.isascii() and letter.isalpha() and letter not in taken:
            taken.add(letter)
            return letter
    return ""


def years_for(request: HttpRequest) -> list[Year]:
    """The school years one can switch to, newest first; the rest of the query stays as it is."""
    shown: SchoolYear = getattr(request, "school_year", None) or SchoolYear.running()
    offered = sorted({*years_around(SchoolYear.running()), shown}, reverse=True)
    lines = []
    for year in offered:
        query = request.GET.copy()
        query["jaar"] = str(year)
        lines.append(Year(year=year, query=f"?{query.urlencode()}", current=year == shown))
    return lines


def tray_count(actor: Actor | None) -> int:
    """How many of this person's jobs are waiting or busy."""
    if actor is None or actor.user_id is None:
        return 0
    return len(BUSY.rows(actor.user_id, *OVER))
