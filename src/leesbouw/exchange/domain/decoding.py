"""Bytes to text, whatever the program was that wrote them."""

from __future__ import annotations

import codecs
import re

from .limits import Unreadable


def decode(content: bytes) -> tuple[str, str]:
    """Text and the encoding it was in. UTF-8 and UTF-16 with or without a mark, else Windows-1252, else Latin-1.

    Raises Unreadable("not_text") for anything that holds control characters.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _text(content[len(mark) :].decode(name, "replace")), name
    if (wide := _looks_like_utf16(content)) is not None:
        return _text(content.decode(wide, "replace")), wide
    cut = _without_half_letter(content)
    for name in ("utf-8", "cp1252"):
        try:
            return _text((cut if name == "utf-8" else content).decode(name)), name
        except UnicodeDecodeError:
            continue
    return _text(content.decode("latin-1")), "latin-1"


def _looks_like_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark has a zero beside nearly every letter."""
    sample = content[:2000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0) / len(sample[0::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _without_half_letter(content: bytes) -> bytes:
    """A file that was cut off in the middle of a UTF-8 letter is UTF-8 all the same."""
    for back in range(1, min(4, len(content)) + 1):
        if content[-back] >= 0xC0:
            needed = 2 if content[-back] < 0xE0 else 3 if content[-back] < 0xF0 else 4
            return content[:-back] if back < needed else content
        if content[-back] < 0x80:
            break
    return content


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def _text(text: str) -> str:
    text = text.rstrip("\x1a")  # how very old programs ended a file
    if _CONTROL.search(text):
        raise Unreadable("not_text")
    return text.lstrip("\ufeff")
