"""Names of writers: "Loon, Paul van" is how a register sorts them, "Paul van Loon" how people say them."""

from __future__ import annotations

import re

_YEARS = re.compile(r",?\s*(?:approximately |ca\.? )?\d{4}\??\s*-\s*(?:\d{4})?\.?$")
_INFIXES = re.compile(
    r"^(?:(?:van|de|den|der|het|ten|ter|te|in|op|von|zu|la|le|du|di|da|el|al)\s+|(?:'t|d')\s*|l')+",
    re.IGNORECASE,
)


def said_name(text: str) -> str:
    """ "Loon, Paul van, 1955-" → "Paul van Loon". A name without a comma stays as it is."""
    text = _YEARS.sub("", " ".join(text.split())).strip(" ,;")
    last, comma, first = text.partition(",")
    first = first.split(",")[0].strip()
    return f"{first} {last.strip()}".strip() if comma and first else last.strip()


def sort_name(name: str) -> str:
    """ "Paul van Loon" → "Loon, Paul van": how the shelf is ordered. One word stays one word."""
    words = name.split()
    if len(words) < 2:
        return name
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        infix = _INFIXES.match(rest)
        if infix and infix.end() < len(rest):
            first = " ".join(words[:at])
            return f"{rest[infix.end() :]}, {first} {infix[0].strip()}"
    return f"{words[-1]}, {' '.join(words[:-1])}"
