"""Our names for pictures, so that a page says what it means and not which drawing it uses."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    # places in the menu
    "today": "sunrise",
    "schools": "school",
    "childcare": "baby",
    "calendar": "calendar",
    "collection": "library-big",
    "talks": "messages-square",
    "activities": "message-square",
    "monitor": "sliders-horizontal",
    "insight": "chart-column",
    "people": "users",
    "plans": "clipboard-list",
    "route": "route",
    "money": "banknote",
    "network": "waypoints",
    "portfolio": "folder",
    "organisations": "building-2",
    "import": "download",
    "status": "activity",
    "logbook": "scroll-text",
    "settings": "settings-2",
    "todo": "list-checks",
    "overview": "layout-grid",
    # kinds of units and things
    "school": "school",
    "library": "library",
    "branch": "book-open",
    "municipality": "landmark",
    "board": "gavel",
    "province": "map",
    "nation": "earth",
    "group": "graduation-cap",
    "person": "user",
    "contact": "contact",
    "file": "file-text",
    "sheet": "file-spreadsheet",
    "book": "book",
    "brick": "brick-wall",
    # what you do
    "add": "plus",
    "edit": "pencil",
    "delete": "trash-2",
    "search": "search",
    "filter": "list-filter",
    "columns": "columns-3",
    "keep": "bookmark",
    "export": "file-down",
    "upload": "upload",
    "print": "printer",
    "undo": "undo-2",
    "refresh": "refresh-cw",
    "merge": "git-merge",
    "copy": "copy",
    "send": "send",
    "invite": "user-plus",
    "swap": "arrow-left-right",
    "sign-out": "log-out",
    "next": "arrow-right",
    "previous": "arrow-left",
    "more": "layout-grid",
    "external": "external-link",
    "open": "chevron-right",
    "down": "chevron-down",
    "close": "x",
    "remove": "x",
    # how it stands
    "ok": "check",
    "let": "triangle-alert",
    "bad": "octagon-alert",
    "wait": "clock",
    "neutral": "minus",
    "question": "circle-question-mark",
    "info": "info",
    "help": "circle-question-mark",
    "busy": "loader-circle",
    "tray": "inbox",
    "bell": "bell",
    "late": "calendar-clock",
    "star": "star",
    "plus": "plus",
    "minus": "minus",
    # reach and rights
    "mail": "mail",
    "phone": "phone",
    "place": "map-pin",
    "link": "link",
    "key": "key-round",
    "lock": "lock",
    "privacy": "shield-check",
    "eye": "eye",
    "history": "history",
    "keyboard": "keyboard",
    "light": "sun",
    "dark": "moon",
    "system": "sun-moon",
    "language": "languages",
}


def render(name: str) -> SafeString:
    """The picture as inline SVG that a screen reader skips. Raises LookupError for a name that is not ours."""
    try:
        return _drawings()[name]
    except KeyError:
        raise LookupError(f"no icon is called {name!r}; see leesbouw.ui.icons.ICONS") from None


def render_labelled(name: str, label: str) -> SafeString:
    """The picture followed by words that only a screen reader says."""
    return format_html('{}<span class="vh">{}</span>', render(name), label)


@cache
def _drawings() -> dict[str, SafeString]:
    """Every picture, read at once: its package is one archive, and opening that for each costs a page its speed."""
    with files("lucide").joinpath("lucide.zip").open("rb") as archive, ZipFile(archive) as drawings:
        return {name: _inline(drawings.read(f"{drawing}.svg").decode()) for name, drawing in ICONS.items()}


def _inline(svg: str) -> SafeString:
    opening, rest = svg.strip().split(">", 1)
    told = opening.replace(' xmlns="http://www.w3.org/2000/svg"', "").split()
    skipped = 'class="ic" aria-hidden="true" focusable="false"'
    return mark_safe(" ".join([*told, skipped]) + ">" + rest)  # noqa: S308  (from the package, no text of anybody)
