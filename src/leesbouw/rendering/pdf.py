"""PDF that a screen reader can read: typst templates of our own, data passed as data.

Text from people is never read as markup: it travels as JSON in `sys.inputs` and is set as plain strings. Every file is
PDF/UA-1 (tagged, titled, with a language) and PDF/A-2a (fonts inside, so that it opens the same in twenty years).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from .row_headers import with_row_headers

HERE = Path(__file__).parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
STANDARDS: list[Any] = ["ua-1", "a-2a"]

TEXT_FONTS = ("Atkinson Hyperlegible Next", "Libertinus Serif", "DejaVu Sans Mono")
HEADING_FONTS = ("Literata", "Libertinus Serif")
UNPRINTABLE = "□"  # stands for a sign that no font here has
LONGEST_WORD = 50  # characters; longer ones may break anywhere instead of running off the paper

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and the two that scripts and pictures need
_ROUNDS = 40  # signs without a glyph that are replaced one by one before everything rare is


class CannotPrint(RuntimeError):
    """typst refused: a mistake in a template of ours, never in somebody's text."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF and its number of pages."""

    content: bytes
    pages: int


def compile_pdf(template: str, data: Mapping[str, Any], *, title: str, lang: str = "nl") -> bytes:
    """The PDF of `typst/<template>.typ` with `data` (anything JSON can hold).

    Raises CannotPrint when the template itself is wrong.
    """
    return print_pages(template, data, title=title, lang=lang).content


def print_pages(template: str, data: Mapping[str, Any], *, title: str, lang: str = "nl") -> Printed:
    """Like compile_pdf, and says how many pages it became."""
    named = title if is_visible(title) else "Leesbouw"  # an accessible file must have a title
    clean = _each_text({**data, "title": named, "lang": lang}, printable)
    try:
        return _compile(template, clean, system_fonts=False)
    except _NoGlyph:
        pass  # a sign our own fonts lack: this machine may have one that does
    for _ in range(_ROUNDS):
        try:
            return _compile(template, clean, system_fonts=True)
        except _NoGlyph as missing:
            clean = _each_text(clean, _replacing(missing.signs))
    return _compile(template, _each_text(clean, _only_common), system_fonts=True)


def printable(text: str) -> str:
    """Text without what cannot be printed: controls, private signs, marks that turn the rest of a line around."""
    text = text.encode("utf-8", "replace").decode()
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c]", "\n", text).replace("\t", " ")
    kept = []
    for sign in text:
        category = unicodedata.category(sign)
        if (category == "Cc" and sign != "\n") or (category == "Cf" and sign not in _JOINERS):
            continue
        kept.append(UNPRINTABLE if category in ("Co", "Cn", "Cs") else sign)
    return re.sub(rf"\S{{{LONGEST_WORD},}}", _breakable, "".join(kept))


def is_visible(text: str) -> bool:
    """Whether anything of this text shows on paper."""
    return any(unicodedata.category(sign)[0] in "LMNPS" for sign in printable(text))


def _breakable(word: re.Match[str]) -> str:
    return "\u200b".join(word[0][at : at + 20] for at in range(0, len(word[0]), 20))


class _NoGlyph(Exception):
    def __init__(self, signs: str) -> None:
        super().__init__(signs)
        self.signs = signs


@lru_cache(maxsize=2)
def _fonts(system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system_fonts, font_paths=[FONTS])


@lru_cache(maxsize=2)
def _families(system_fonts: bool) -> frozenset[str]:
    return frozenset(_fonts(system_fonts).families())


def _compile(template: str, data: Any, *, system_fonts: bool) -> Printed:
    families = _families(system_fonts)
    inputs = {
        "data": json.dumps(data, default=str),
        "text_fonts": json.dumps([name for name in TEXT_FONTS if name in families]),
        "heading_fonts": json.dumps([name for name in HEADING_FONTS if name in families]),
    }
    compiler = typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(system_fonts),
        ignore_system_fonts=not system_fonts,
        sys_inputs=inputs,
    )
    try:
        content = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=_now())
        pages = int(json.loads(compiler.query("<pages>", field="value", one=True)))
    except typst.TypstError as error:
        missing = _NO_GLYPH.search(error.message)
        if missing:
            raise _NoGlyph(_unescaped(missing[1])) from None
        raise CannotPrint(f"{template}.typ: {error.message} {' '.join(error.hints)}".strip()) from error
    assert isinstance(content, bytes)
    return Printed(with_row_headers(content), pages)


def _unescaped(text: str) -> str:
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of JSON-like data in which every string went through `change`."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return value


def _replacing(signs: str) -> Callable[[str], str]:
    table = {ord(sign): UNPRINTABLE for sign in signs if sign.strip()}
    joiners = dict.fromkeys((0x200D, 0xFE0E, 0xFE0F))  # they join pictures that are now gone
    return lambda text: text.translate(table | joiners)


def _only_common(text: str) -> str:
    """Latin, Greek, Cyrillic and punctuation as they are; every other sign as a box."""
    return "".join(
        sign if ord(sign) < 0x0530 or 0x2010 <= ord(sign) < 0x2070 else UNPRINTABLE for sign in text
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # PDF counts in whole seconds
