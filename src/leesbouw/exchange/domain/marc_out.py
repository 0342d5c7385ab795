"""Titles with their copies as MARCXML that other systems read: the same fields that `marc` reads, so that a catalogue goes
out and comes in again without loss (lending.md §3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from leesbouw.collection.domain import TitleFacts, sort_name
from leesbouw.collection.enums import AgeBand, TitleKind

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
FOOT = "</collection>\n"
AUDIENCE = {AgeBand.AP: "a", AgeBand.A: "b", AgeBand.BP: "c", AgeBand.B: "c", AgeBand.C: "d", AgeBand.D: "d"}
FICTION = {TitleKind.STORY: "1", TitleKind.PICTURE: "1", TitleKind.COMIC: "c", TitleKind.POETRY: "p"}
FORM = {
    TitleKind.PICTURE: "prentenboek",
    TitleKind.COMIC: "strip",
    TitleKind.POETRY: "gedichten",
    TitleKind.INFORMATION: "informatief",
}
_BAD = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # signs that XML does not know

Part = tuple[str, str]  # code of the subfield, text


@dataclass(frozen=True, slots=True)
class Holding:
    """A copy as it goes out: its barcode, the code of the location ("" is the library) and its place there."""

    barcode: str
    location: str = ""
    place: str = ""


def marcxml(
    titles: Iterable[tuple[int, TitleFacts, Sequence[Holding]]], *, agency: str, on: date
) -> Iterator[str]:
    """The file piece by piece: (id, what is known, copies) of each title. `agency`: the code of the library."""
    yield HEAD
    for pk, facts, holdings in titles:
        yield record(pk, facts, holdings, agency=agency, on=on)
    yield FOOT


def record(pk: int, facts: TitleFacts, holdings: Sequence[Holding], *, agency: str, on: date) -> str:
    """One record."""
    leader = "00000nim a2200000 a 4500" if facts.kind == TitleKind.AUDIO else "00000nam a2200000 a 4500"
    lines = [
        "<record>",
        f"<leader>{leader}</leader>",
        _control("001", facts.record_id or str(pk)),
        _control("003", agency),
        _control("008", _fixed(facts, on)),
        *_fields(facts),
        *(_field("952", [("p", one.barcode), ("b", one.location), ("o", one.place)]) for one in holdings),
        "</record>\n",
    ]
    return "\n".join(line for line in lines if line)


def _fixed(facts: TitleFacts, on: date) -> str:
    """The forty places of field 008: day, year, audience, fiction or not, language."""
    year = f"{facts.published:04d}" if facts.published else "    "
    kind = "s" if facts.published else "n"
    audience = AUDIENCE.get(AgeBand(facts.age_band), " ") if facts.age_band else "j"
    fiction = FICTION.get(TitleKind(facts.kind), "0")
    return f"{on:%y%m%d}{kind}{year}    xx     {audience}      000 {fiction} {facts.language:3.3}  "


def _fields(facts: TitleFacts) -> Iterator[str]:
    main, *others = facts.authors or ("",)
    yield _field("020", [("a", facts.isbn)])
    yield _field("084", [("a", facts.siso), ("2", "siso")] if facts.siso else [])
    yield _field("084", [("a", facts.nur), ("2", "nur")] if facts.nur else [])
    yield _field("100", [("a", sort_name(main))] if main else [], "1 ")
    title = [("a", f"{facts.title} :" if facts.subtitle else facts.title), ("b", facts.subtitle)]
    yield _field("245", title, "10")
    year = str(facts.published) if facts.published else ""
    yield _field("264", [("b", f"{facts.publisher}," if facts.publisher else ""), ("c", year)], " 1")
    yield _field("300", [("a", f"{facts.pages} p." if facts.pages else "")])
    series = f"{facts.series} ;" if facts.series and facts.series_part else facts.series
    yield _field("490", [("a", series), ("v", facts.series_part if facts.series else "")], "0 ")
    yield _field("520", [("a", facts.summary)])
    yield _field("521", [("a", f"AVI {facts.avi}" if facts.avi else "")])
    for theme in facts.themes:
        yield _field("650", [("a", theme)], " 4")
    yield _field("655", [("a", facts.genre or FORM.get(TitleKind(facts.kind), ""))], " 4")
    for name in others:
        yield _field("700", [("a", sort_name(name))], "1 ")


def _control(tag: str, text: str) -> str:
    return f'<controlfield tag="{tag}">{_safe(text)}</controlfield>' if text else ""


def _field(tag: str, parts: Sequence[Part], marks: str = "  ") -> str:
    """A field with its parts that say something; "" when none does."""
    filled = [(code, text) for code, text in parts if text]
    if not filled or (len(filled) == 1 and filled[0][0] == "2"):
        return ""
    inside = "".join(f'<subfield code="{code}">{_safe(text)}</subfield>' for code, text in filled)
    return (
        f'<datafield tag="{tag}" ind1={quoteattr(marks[0])} ind2={quoteattr(marks[1])}>{inside}</datafield>'
    )


def _safe(text: str) -> str:
    return escape(text.translate(_BAD))
