"""One text of a pupil or teacher at a time. Raises ValueError(reason code) when it cannot be right.

Nothing is guessed about a key: `1234` and `001234` are two children.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from leesbouw.pupils.domain import has_length_of_bsn, is_bsn

LONGEST_KEY = 256  # EDEXKeyType
LONGEST_NAME = 100
LONGEST_INFIX = 20
LONGEST_GROUP = 64
MOST_NAMES = 40  # groups of one teacher
SEPARATOR = " | "  # between the groups of a teacher
BSN_SHARE = 0.8
INFIXES = frozenset(
    (
        *(
            "van",
            "de",
            "den",
            "der",
            "het",
            "ter",
            "ten",
            "te",
            "tot",
            "op",
            "in",
            "aan",
            "bij",
            "uit",
            "voor",
        ),
        *(
            "onder",
            "over",
            "'t",
            "'s",
            "el",
            "al",
            "la",
            "le",
            "les",
            "du",
            "des",
            "da",
            "di",
            "do",
            "dos",
            "das",
        ),
        *("del", "della", "von", "zu", "zur", "vom", "af", "d'", "l'", "el-", "al-"),
    )
)


def plain(text: str) -> str:
    """NFC, single spaces, no invisible signs. Raises ValueError("control") for control characters."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return " ".join(composed.split())
    kept = []
    for sign in composed:
        category = unicodedata.category(sign)
        if category == "Cc" and not sign.isspace():
            raise ValueError("control")
        if sign.isspace():
            kept.append(" ")
        elif category not in {"Cf", "Cs", "Co", "Cn"}:
            kept.append(sign)
    return " ".join("".join(kept).split())


def _at_most(text: str, most: int) -> str:
    kept = plain(text)
    if len(kept) > most:
        raise ValueError("too_long")
    return kept


def kind(text: str) -> str:
    """ "pupil" or "teacher"."""
    word = plain(text).lower()
    if word in {"pupil", "leerling", "l"}:
        return "pupil"
    if word in {"teacher", "leerkracht", "docent", "medewerker"}:
        return "teacher"
    raise ValueError("who")


def key(text: str) -> str:
    """The key as the school's program has it; only “1234.0” loses the tail that a spreadsheet gave it."""
    kept = _at_most(text, LONGEST_KEY)
    if re.fullmatch(r"\d[.,]\d+E\+?\d+", kept, re.IGNORECASE | re.ASCII):
        raise ValueError("key_rounded")
    return kept[:-2] if re.fullmatch(r"\d+\.0", kept, re.ASCII) else kept


def eck_id(text: str) -> str:
    """The pseudonym of the education chain, untouched: capitals count."""
    kept = _at_most(text, LONGEST_KEY)
    if " " in kept:
        raise ValueError("eck_id")
    return kept


def name_part(text: str) -> str:
    return _at_most(text.replace("’", "'"), LONGEST_NAME)


def infix(text: str) -> str:
    return _at_most(text.replace("’", "'"), LONGEST_INFIX)


def full_name(text: str) -> str:
    return _at_most(text.replace("’", "'"), 2 * LONGEST_NAME + LONGEST_INFIX + 3)


def group(text: str) -> str:
    """A group's name; the sign between the groups of a teacher becomes a stroke."""
    return _at_most(text.replace("|", "/"), LONGEST_GROUP)


def group_by_any_name(name: str) -> str:
    """What two programs agree on: “Groep 5A” of the one is “5a” of the other."""
    plain = " ".join(name.casefold().split())
    return re.sub(r"^(?:groep|gr|klas)\.?\s*(?=\S)", "", plain)


def groups(text: str) -> list[str]:
    """The groups of a teacher, each once."""
    found = list(dict.fromkeys(filter(None, map(group, text.split("|")))))
    if len(found) > MOST_NAMES:
        raise ValueError("too_long")
    return found


def email(text: str) -> str:
    """An address of a teacher; what cannot be one becomes empty: no reason to refuse the teacher."""
    kept = plain(text)
    return kept if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,}", kept) else ""


def year_of_birth(text: str) -> str:
    """The year of a date of birth, cut before anything is kept; empty when there is no year in it."""
    found = text.strip()[:40]
    match = re.match(r"((?:19|20)\d{2})(?:$|[-/]?\d{2}[-/]?\d{2}(?!\d))", found, re.ASCII) or re.match(
        r"\d{1,2}[-/. ]\d{1,2}[-/. ]((?:19|20)\d{2})(?!\d)", found, re.ASCII
    )
    return match[1] if match else ""


def birth_year(text: str) -> int:
    year = year_of_birth(text)
    if not year or int(year) < 1980:
        raise ValueError("birth_year")
    return int(year)


def split_name(text: str) -> tuple[str, str, str]:
    """(first name, infix, last name) of “Jansen, Noor van”, “van Jansen, Noor” or “Noor van Jansen”.

    Without a comma the first name ends before the first infix, else after its first word.
    """
    if "," in text:
        last, _, first = (" ".join(part.split()) for part in text.partition(","))
        front, rest = _infix_in_front(last.split())
        words = first.split()
        behind = _infix_behind(words)
        between = " ".join((*behind, *front))
        return " ".join(words[: len(words) - len(behind)]), between, " ".join(rest)
    words = text.split()
    at = next((place for place, word in enumerate(words) if place and word.lower() in INFIXES), 0)
    if not at:
        return " ".join(words[:1]), "", " ".join(words[1:])
    front, rest = _infix_in_front(words[at:])
    return " ".join(words[:at]), " ".join(front), " ".join(rest)


def split_last_name(text: str) -> tuple[str, str]:
    """(infix, last name) of “Berg, van den”; a comma that means something else stays."""
    last, comma, behind = text.rpartition(",")
    words = behind.split()
    if comma and last.strip() and words and all(word.lower() in INFIXES for word in words):
        return " ".join(words), last.strip()
    return "", text


def split_infix(text: str) -> tuple[str, str]:
    """(infix, last name) of “van den Berg”."""
    front, rest = _infix_in_front(text.split())
    return " ".join(front), " ".join(rest)


def _infix_in_front(words: list[str]) -> tuple[list[str], list[str]]:
    """(infix, last name); a last name keeps at least one word."""
    at = 0
    while at < len(words) - 1 and words[at].lower() in INFIXES:
        at += 1
    return words[:at], words[at:]


def _infix_behind(words: list[str]) -> list[str]:
    """The infix at the end of what stands behind a comma; a first name keeps at least one word."""
    at = len(words)
    while at > 1 and words[at - 1].lower() in INFIXES:
        at -= 1
    return words[at:]


def bsn_among(keys: Iterable[str]) -> list[str]:
    """The keys that are taken for citizen service numbers.

    None, unless 80 % of all numbers of that length pass the check: of a system's own numbers of nine digits one in
    eleven does.
    """
    numbers = [key for key in keys if has_length_of_bsn(key)]
    found = [key for key in numbers if is_bsn(key)]
    return found if len(found) >= BSN_SHARE * len(numbers) else []
