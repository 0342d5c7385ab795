"""Rules for every template: no inline style or script (the CSP would refuse it), and sentences without stray spaces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src/leesbouw"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))

FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"']https?:", re.I
    ),
    "evaluated code": re.compile(r"\bhx-on\b|hx-vals=[\"']js:", re.I),
    "an untrimmed blocktranslate": re.compile(r"{%-?\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)"),
    "a text marked as safe": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


def mistakes(text: str) -> list[str]:
    text = re.sub(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}", "", text, flags=re.S)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_keeps_the_rules(path: Path) -> None:
    assert mistakes(path.read_text()) == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('<p class="a" style="color: red">', "an inline style"),
        ("<style>p {}</style>", "a style element"),
        ("<script>alert(1)</script>", "an inline script"),
        ('<button type="button" onclick="x()">', "an event attribute"),
        ('<a href="javascript:x()">', "a script address"),
        ('<img src="https://elsewhere.example/x.png">', "something from elsewhere"),
        ('<p hx-on:click="x()">', "evaluated code"),
        ("{% blocktranslate with a=b %}x{% endblocktranslate %}", "an untrimmed blocktranslate"),
        ("{{ text|safe }}", "a text marked as safe"),
    ],
)
def test_a_planted_mistake_is_caught(text: str, mistake: str) -> None:
    assert mistakes(text) == [mistake]


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="/static/x.js"></script>',
        '<p data-once="on" hx-headers=\'{"a": "b"}\'>',
        "{% blocktranslate trimmed with a=b %}x{% endblocktranslate %}",
        "{% blocktranslate trimmed count n=x|length %}x{% plural %}y{% endblocktranslate %}",
        '{# onclick="x" in a comment #}',
    ],
)
def test_what_is_allowed_passes(text: str) -> None:
    assert mistakes(text) == []
