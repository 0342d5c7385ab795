"""The handbook names every role and every place, says what the screen says, and stays easy to read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

from leesbouw.core.registry import menu
from tools.rules.sources import ROOT

HANDBOOK = ROOT / "docs" / "handleiding"
PAGES = sorted(HANDBOOK.glob("**/*.md"))
TOPICS = sorted((HANDBOOK / "onderwerpen").glob("*.md"))
MOST_WORDS = 15  # in a sentence; longer ones are hard to read at level B1

# Words of a letter from the town hall, and words that are not ours to use: je-form, no jargon.
FORBIDDEN = re.compile(
    r"\b(indien|middels|teneinde|reeds|echter|tevens|desbetreffende?|betreffende|dien(t|en) te|met betrekking tot"
    r"|ten behoeve van|d\.m\.v|t\.b\.v|i\.v\.m|m\.b\.t|u|uw|men|user|login|inloggen|dashboard|tooling|klikken op)\b",
    re.IGNORECASE,
)


def name_of(page: Path) -> str:
    return str(page.relative_to(HANDBOOK))


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def whole() -> str:
    return "\n".join(text_of(page) for page in PAGES)


def roles() -> dict[str, dict[str, Any]]:
    """Every role of the catalogue: code → what its content says."""
    paths = sorted((ROOT / "content" / "nl" / "role").glob("*.toml"))
    return {
        path.stem.partition("@")[0]: tomllib.loads(path.read_text(encoding="utf-8"))["body"] for path in paths
    }


def test_every_role_is_named_in_the_index_and_on_a_page() -> None:
    index = text_of(HANDBOOK / "README.md").lower()
    pages = "\n".join(text_of(page) for page in PAGES if page.name != "README.md").lower()

    assert [code for code, body in roles().items() if body["name"].lower() not in index] == []
    assert [code for code, body in roles().items() if body["name"].lower() not in pages] == []


def test_the_index_leads_to_every_page() -> None:
    links = set(re.findall(r"\]\(([^)#\s]+\.md)", text_of(HANDBOOK / "README.md")))

    assert {name_of(page) for page in PAGES if page.name != "README.md"} - links == set()


def test_every_place_in_a_menu_is_named() -> None:
    codes = set().union(*(body["menu"] for body in roles().values()))
    with override("nl"):
        labels = {str(menu[code].label) for code in codes if code in menu}

    assert labels, "the menu is filled"
    assert {label for label in labels if f"**{label}**" not in whole()} == set()


@pytest.mark.parametrize("page", TOPICS, ids=name_of)
def test_every_topic_says_where_it_is(page: Path) -> None:
    assert re.search(r"^Waar\? ", text_of(page), re.MULTILINE), "a line that begins with “Waar?”"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_stands_bold_stands_on_the_screen(page: Path) -> None:
    """Bold is kept for words of the screen. When one changes there, it changes here."""
    bold = {words.strip() for words in re.findall(r"\*\*([^*]+)\*\*", text_of(page))}

    assert {words for words in bold if not is_on_screen(words)} == set()


def is_on_screen(words: str) -> bool:
    plain = tidy(words)
    return plain in fixed_words() or any(pattern.fullmatch(plain) for pattern in filled_words())


def tidy(words: str) -> str:
    """What a reader takes for the same words: quotes, capitals and the stop at the end do not count."""
    words = re.sub(r"[‘’'“”\"]", "'", " ".join(words.split()))
    return words.rstrip(".:").lower()


@cache
def sentences_of_the_product() -> frozenset[str]:
    """All that the catalogues and the content can put on the screen, in Dutch."""
    found: set[str] = {"brin", "nederlands", "english"}
    for path in sorted((ROOT / "src" / "leesbouw").glob("*/locale/nl/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                words = message.string if isinstance(message.string, tuple) else (message.string,)
                found |= {tidy(one) for one in words if message.id and one}
    for path in sorted((ROOT / "content" / "nl").glob("**/*.toml")):
        found |= {tidy(one) for one in strings(tomllib.loads(path.read_text(encoding="utf-8"))["body"])}
    return frozenset(found)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


@cache
def fixed_words() -> frozenset[str]:
    return frozenset(one for one in sentences_of_the_product() if "%(" not in one)


@cache
def filled_words() -> tuple[re.Pattern[str], ...]:
    """Sentences in which the product fills in a name, day or number; those with few letters of their own fit anything."""
    found = []
    for one in sentences_of_the_product():
        pieces = re.split(r"%\(\w+\)s", one)
        if len(pieces) > 1 and sum(len(re.sub(r"\W", "", piece)) for piece in pieces) >= 6:
            found.append(re.compile(".+?".join(re.escape(piece) for piece in pieces)))
    return tuple(found)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_sentences_are_short(page: Path) -> None:
    assert [one for one in sentences(text_of(page)) if len(one.split()) > MOST_WORDS] == []


def sentences(text: str) -> Iterator[str]:
    """The sentences of a page. Lines of a list, cells of a table and headings each stand alone."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*[^*]+\*\*", "knop", text)  # a name on the screen reads as one word
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)|\n(?=#)|\n(?=\|)", text):
        for cell in re.split(r"\s\|\s|^\||\|$", " ".join(block.split())):
            for one in re.split(r"(?<=[.!?:])\s+", cell):
                if words := re.sub(r"^(#+|[-*]|\d+\.)\s|[*`_>|]", "", one).strip():
                    yield words


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_are_ours(page: Path) -> None:
    without_quotes = re.sub(r"`[^`]*`|\]\([^)]*\)|https?://\S+", "", text_of(page))

    assert [found[0] for found in FORBIDDEN.finditer(without_quotes)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_heading_that_is_there(page: Path) -> None:
    missing = []
    for target, anchor in re.findall(r"\]\(([^)\s#]*)#([^)\s]+)\)", text_of(page)):
        other = (page.parent / target).resolve() if target else page
        if not other.exists() or anchor not in anchors(other.read_text(encoding="utf-8")):
            missing.append(f"{target}#{anchor}")

    assert missing == []


def anchors(text: str) -> set[str]:
    """Headings as a link names them: small letters, hyphens for spaces, no signs."""
    headings = re.findall(r"^#+\s+(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in headings}


THERE = (
    "uitlenen",
    "boeken",
    "collectie",
    "leesplan",
    "mediaplan",
    "voorleesplan",
    "gemaakte uren",
)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_nothing_that_there_is_is_called_not_there_yet(page: Path) -> None:
    """What was still to come when a page was written must not stay there once it came."""
    waits = [
        one.lower()
        for one in sentences(text_of(page))
        if re.search(r"\b(staan?|gaat|kan)\b.*\bnog niet\b", one)
    ]

    assert [one for one in waits if any(word in one for word in THERE)] == []
