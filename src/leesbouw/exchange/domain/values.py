"""One text at a time: codes, names, addresses, days and numbers as registers write them.

Every function takes a text that is not empty, returns a plain value, and raises ValueError with a reason code when the
text cannot be right.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from leesbouw.organisations import domain as organisations

INVISIBLE = frozenset(("Cc", "Cf", "Cn", "Co", "Cs"))
MOST_PUPILS = 20_000  # a location with more is a mistake in the file

PROVINCES = {
    "drenthe": "Drenthe",
    "flevoland": "Flevoland",
    "friesland": "Fryslân",
    "fryslan": "Fryslân",
    "gelderland": "Gelderland",
    "groningen": "Groningen",
    "limburg": "Limburg",
    "noord brabant": "Noord-Brabant",
    "noord holland": "Noord-Holland",
    "overijssel": "Overijssel",
    "utrecht": "Utrecht",
    "zeeland": "Zeeland",
    "zuid holland": "Zuid-Holland",
}
SMALL = frozenset(("aan", "bij", "de", "den", "der", "en", "gem", "gem.", "in", "op", "te", "ter", "van"))
ACCENTS = {
    "Fryslan": "Fryslân",
    "Sudwest-Fryslan": "Súdwest-Fryslân",
    "Noardeast-Fryslan": "Noardeast-Fryslân",
}
SUFFIXES = {"Lb": "(L.)", "Nh": "(NH.)", "C.A.": "c.a."}  # how municipalities of one name are told apart
REGIONS = {
    "nh": "NH",
    "zh": "ZH",
    "nb": "NB",
    "lb": "LB",
    "ca": "c.a.",
    "ad": "a/d",
}  # what towns get behind them


def flat(text: str) -> str:
    """A text to compare with: lower case, no accents, only letters and digits, single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def text_of(most: int):  # type: ignore[no-untyped-def]
    """A cleaning for texts of at most so many characters; longer ones raise "too_long"."""

    def clean(text: str) -> str:
        if not (text.isascii() and text.isprintable()):
            composed = unicodedata.normalize("NFC", text)
            text = "".join(c for c in composed if c.isspace() or unicodedata.category(c) not in INVISIBLE)
        kept = " ".join(text.split())
        if len(kept) > most:
            raise ValueError("too_long")
        return kept

    return clean


short_text = text_of(60)
name_text = text_of(160)


def municipality_code(text: str) -> str:
    """CBS writes four digits: " 637" is "0637"."""
    try:
        return organisations.clean_municipality(re.sub(r"^GM", "", text.strip(), flags=re.IGNORECASE))
    except ValueError:
        raise ValueError("municipality_code") from None


def brin4(text: str) -> str:
    """A BRIN, alone or with its branch behind it: "16ah" → "16AH"; "16AH00" stays whole."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"\d{2}[A-Z]{2}(\d{2})?", code):
        raise ValueError("brin")
    return code


def branch_number(text: str) -> str:
    """A branch number apart ("0" → "00") or with its BRIN in front ("16AH00")."""
    code = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{1,2}", code):
        return code.zfill(2)
    if organisations.BRIN6.fullmatch(code):
        return code
    raise ValueError("brin")


def school_code(brin: str, branch: str) -> str:
    """The six characters from the two columns. Raises ValueError("brin")."""
    try:
        return organisations.clean_brin(brin, branch)
    except ValueError:
        raise ValueError("brin") from None


def board_number(text: str) -> str:
    """DUO's number of a school board: five digits, padded."""
    digits = text.strip()
    if not re.fullmatch(r"\d{1,6}", digits):
        raise ValueError("board_number")
    return digits.zfill(5)


def kvk_number(text: str) -> str:
    """A number of the trade register: eight digits, padded."""
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{6,8}", digits) or not int(digits):
        raise ValueError("kvk")
    return digits.zfill(8)


def lrk_number(text: str) -> str:
    try:
        return organisations.clean_lrk(text)
    except ValueError:
        raise ValueError("lrk") from None


def postcode(text: str) -> str:
    """“2715BT” → “2715 BT”."""
    match = re.fullmatch(r"([1-9]\d{3})\s*([A-Za-z]{2})", text.strip(), re.ASCII)
    if not match:
        raise ValueError("postcode")
    return f"{match[1]} {match[2].upper()}"


def phone(text: str) -> str:
    """Digits only, "+31" and "0031" as a zero; what is no telephone number becomes empty: no reason to refuse a school."""
    digits = re.sub(r"[^\d+]", "", text)
    digits = re.sub(r"^(\+31|0031)0?", "0", digits)
    return digits if re.fullmatch(r"0\d{7,10}|\+\d{7,14}", digits) else ""


def website(text: str) -> str:
    """“www.school.nl/” → “https://www.school.nl”; what is no address of a site becomes empty."""
    plain = re.sub(r"\s", "", text)
    match = re.fullmatch(r"(?:(https?)://)?([\w.-]+\.[A-Za-z]{2,})(/[^\s<>\"]*)?", plain, re.IGNORECASE)
    if not match:
        return ""
    path = (match[3] or "").rstrip("/")
    whole = f"{(match[1] or 'https').lower()}://{match[2].lower()}{path}"
    return whole if len(whole) <= 200 else ""


def province(text: str) -> str:
    """The official name, whatever the spelling; an unknown one stays as it is written."""
    return PROVINCES.get(flat(text), text_of(60)(text))


def place(text: str) -> str:
    """A town or municipality: “BERGEN OP ZOOM” → “Bergen op Zoom”, “S GRAVENHAGE” → “'s-Gravenhage”.

    A name that has small letters already is left as it is.
    """
    name = text_of(80)(text)
    if name != name.upper() or not re.search(r"[A-Z]", name):
        return name
    name = re.sub(r"^'?S[ -](?=[GH])", "'s-", name)
    name = re.sub(r"[^\s-]+", _placed, name)
    return ACCENTS.get(name, name)


def _placed(match: re.Match[str]) -> str:
    joined = match.start() > 0 and match.string[match.start() - 1] == "-"
    return _word(match[0], first=match.start() == 0, joined=joined)


def municipality_name(text: str) -> str:
    """As `place`, with the official way to tell two of one name apart: “BERGEN NH” → “Bergen (NH.)”."""
    name = place(text)
    head, _, tail = name.rpartition(" ")
    if head and name != text.strip() and tail.title() in SUFFIXES:
        return f"{head} {SUFFIXES[tail.title()]}"
    return name


def _word(word: str, *, first: bool, joined: bool) -> str:
    small = word.lower()
    if small in {"'s", "'t"} or (small in SMALL and not first and not (joined and small == "de")):
        return small
    if small in REGIONS and not first:
        return REGIONS[small]
    if small.startswith("ij"):
        return "IJ" + small[2:]
    at = next((at for at, sign in enumerate(small) if sign.isalpha()), 0)
    return small[:at] + small[at:].capitalize()


def number(text: str) -> int:
    """A number of children: not negative, without a fraction. “<5” is hidden by the register: ValueError("hidden")."""
    plain = text.strip().replace(" ", "")
    if re.fullmatch(r"<\s?\d+", plain):
        raise ValueError("hidden")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    plain = re.sub(r"[.,]0+$", "", plain)
    if not re.fullmatch(r"\d{1,9}", plain, re.ASCII):
        raise ValueError("number")
    if int(plain) > MOST_PUPILS:
        raise ValueError("number")
    return int(plain)


def day(text: str) -> date:
    """20161001, 2016-10-01, 1-10-2016 or 01/10/2016, with or without a time behind it."""
    plain = re.sub(r"[T ]\d{1,2}:\d{2}.*$", "", text.strip())
    if match := re.fullmatch(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})", plain):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", plain):
        parts = int(match[3]), int(match[2]), int(match[1])
    else:
        raise ValueError("day")
    if not 1900 <= parts[0] <= 2100:
        raise ValueError("day")
    try:
        return date(*parts)
    except ValueError:
        raise ValueError("day") from None


def year_in_name(file_name: str) -> int | None:
    """The school year a file's name speaks of: “…bo_2021.csv” → 2021, “2016-2017” → 2016; None when it does not say."""
    years = [int(found) for found in re.findall(r"(?<!\d)(20[0-4]\d)(?:[01]\d[0-3]\d)?(?!\d)", file_name)]
    return years[0] if years else None
