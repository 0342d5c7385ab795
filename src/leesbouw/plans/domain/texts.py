"""How two texts differ, in words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """The pieces of both texts in reading order, each "same", "gone" or "new".

    What is "same" and "gone" together is `before`, letter for letter; "same" and "new" together is `after`.
    """
    old, new = _words(before), _words(after)
    pieces: list[tuple[str, str]] = []
    for how, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append((SAME, "".join(old[a1:a2])))
            continue
        if a2 > a1:
            pieces.append((GONE, "".join(old[a1:a2])))
        if b2 > b1:
            pieces.append((NEW, "".join(new[b1:b2])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)
