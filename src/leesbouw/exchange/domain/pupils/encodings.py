"""An XML file as pieces of UTF-8, whatever it says of itself: a wrong declaration is common and no reason to refuse."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ..limits import Unreadable

PIECE = 64 * 1024
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_DECLARED = re.compile(r"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_OLD = re.compile(r"iso8859-\d+|cp\d{3,4}|mac-roman")
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")


class Pieces:
    """Pieces to feed to a parser that was told UTF-8. `differs`: the file declared another encoding than it has.

    Raises Unreadable("doctype") while going through it.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.encoding, self.start = encoding_of(content)
        head = content[self.start : self.start + 4000].decode(self.encoding, "replace").lstrip("\ufeff")
        self.declaration = match[0] if (match := _DECLARATION.match(head)) else ""
        declared = (found := _DECLARED.search(self.declaration)) and _name(found[1])
        if declared and self.encoding == "cp1252" and _OLD.fullmatch(declared) and declared != "iso8859-1":
            self.encoding = declared
        self.differs = bool(declared) and not _same(declared or "", self.encoding)

    def __iter__(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        behind, first = "", True
        for at in range(self.start, len(self.content), PIECE):
            piece = self.content[at : at + PIECE]
            text = decoder.decode(piece, at + PIECE >= len(self.content))
            if first:
                text, first = text.lstrip("\ufeff")[len(self.declaration) :].lstrip(), False
            if any(word in behind + text for word in _FORBIDDEN):
                raise Unreadable("doctype")
            behind = (behind + text)[-16:]
            yield text.encode("utf-8", "replace")


def encoding_of(content: bytes) -> tuple[str, int]:
    """(encoding, bytes of its mark). UTF-8, UTF-16 and UTF-32 by mark or by look, else Windows-1252 or Latin-1."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return name, len(mark)
    if re.match(rb"(?:[ \t\r\n]\x00)*<\x00", content[:200]):
        return "utf-16-le", 0
    if re.match(rb"(?:\x00[ \t\r\n])*\x00<", content[:200]):
        return "utf-16-be", 0
    for name in ("utf-8", "cp1252"):
        if _fits(content, name):
            return name, 0
    return "latin-1", 0


def looks_like_xml(content: bytes) -> bool:
    """Whether the first sign that is no space is “<”, in any encoding."""
    start = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and not re.match(rb"<!doctype html|<html", start, re.IGNORECASE)


def _fits(content: bytes, name: str) -> bool:
    """Whether all of it can be read so; in pieces, so that nothing of its size is made. A last half letter may."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for at in range(0, len(content), PIECE):
            decoder.decode(content[at : at + PIECE])
    except UnicodeDecodeError:
        return False
    return True


def _name(declared: str) -> str:
    try:
        return codecs.lookup(declared).name
    except LookupError:
        return ""


def _same(declared: str, found: str) -> bool:
    alike = {"cp1252": "latin", "iso8859-1": "latin", "latin-1": "latin", "ascii": "utf-8"}
    first, second = (
        alike.get(name, name.removesuffix("-le").removesuffix("-be")) for name in (declared, found)
    )
    return first == second or (declared in alike and found == "utf-8" and declared == "ascii")
