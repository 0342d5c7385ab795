"""A document made of sections: handover on one page, receipts, letters of facts.

The caller brings every word. `one_page` keeps its promise whatever the amount: smaller type first, then the last items
of the longest lists are left out and counted in a line, then long texts are cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .pdf import Printed, is_visible, print_pages

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)  # points; below that nobody reads it
CLIPS = (10_000, 600, 300, 150, 80, 40)  # characters a text keeps, tried in this order
CAPACITY = 12_000  # characters: a page in the smallest type holds fewer, so more need not be tried


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Label and value, one under the other."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Bullets:
    """A list; the most important or newest item first, because the last ones are left out when room is short."""

    items: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A small table; `numeric` are the positions of columns with figures. Newest row first."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()


Block = Text | Pairs | Bullets | Grid


@dataclass(frozen=True)
class Section:
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class Document:
    """`unit` and `date` stand in the running header, `note` in the footer (such as “confidential: holds names”)."""

    title: str
    sections: Sequence[Section]
    subtitle: str = ""
    meta: str = ""
    unit: str = ""
    date: str = ""
    note: str = ""


def flowing(document: Document, *, lang: str = "nl") -> bytes:
    """The document on as many pages as it needs."""
    return _printed(document, _whole(document), SIZES[0], "", lang).content


def one_page(document: Document, *, earlier: Callable[[int], str], lang: str = "nl") -> bytes:
    """The document on exactly one A4 page.

    `earlier(12)` gives the line for what was left out, such as “… en 12 eerdere”.
    """
    whole = _whole(document)
    for size in SIZES if _weight(whole) <= CAPACITY else ():
        printed = _printed(document, whole, size, "", lang)
        if printed.pages == 1:
            return printed.content
    for clip in CLIPS:
        found = _fewest_cuts(document, clip, earlier, lang)
        if found:
            return found.content
    raise AssertionError("a title of forty characters did not fit on a page")


def _fewest_cuts(document: Document, clip: int, earlier: Callable[[int], str], lang: str) -> Printed | None:
    """The version that leaves out the fewest items and fits; None when not even all cuts help."""
    short = _clipped(document, clip)

    def attempt(cuts: int) -> Printed:
        sections, gone = _cut(short, cuts, earlier)
        if _weight(sections) > CAPACITY:
            return Printed(b"", pages=2)
        return _printed(short, sections, SIZES[-1], earlier(gone) if gone else "", lang)

    # A text that is still long is cut shorter before whole blocks go; only the last clip may drop blocks.
    most = _removable(short) if clip != CLIPS[-1] else _removable(short) + _block_count(short)
    best = attempt(most)
    if best.pages > 1:
        return None
    low, high = 0, most  # `high` is known to fit
    while low < high:
        middle = (low + high) // 2
        printed = attempt(middle)
        if printed.pages == 1:
            best, high = printed, middle
        else:
            low = middle + 1
    return best


def _weight(sections: list[dict]) -> int:
    """About how many characters these sections hold; a short one takes room as well."""

    def weigh(value: Any) -> int:
        if isinstance(value, str):
            return max(len(value), 5)
        if isinstance(value, dict):
            return sum(map(weigh, value.values()))
        return sum(map(weigh, value)) if isinstance(value, list) else 0

    return weigh(sections)


def _length(block: Block) -> int:
    match block:
        case Text():
            return 1
        case Bullets():
            return len(block.items)
        case Pairs() | Grid():
            return len(block.rows)


def _removable(document: Document) -> int:
    return sum(max(_length(block) - 1, 0) for section in document.sections for block in section.blocks)


def _block_count(document: Document) -> int:
    return sum(len(section.blocks) for section in document.sections)


def _kept_lengths(lengths: list[int], cuts: int) -> list[int]:
    """What remains of each list after `cuts` items went, always from the longest; every list keeps one."""
    kept = list(lengths)
    for _ in range(cuts):
        longest = max(range(len(kept)), key=lambda at: kept[at], default=None)
        if longest is None or kept[longest] <= 1:
            break
        kept[longest] -= 1
    return kept


def _cut(document: Document, cuts: int, earlier: Callable[[int], str]) -> tuple[list[dict], int]:
    """The sections after `cuts` cuts, and how many blocks went altogether: those go from the end of the page."""
    blocks = [block for section in document.sections for block in section.blocks]
    removable = _removable(document)
    kept = _kept_lengths([_length(block) for block in blocks], min(cuts, removable))
    dropped = max(cuts - removable, 0)
    sections, at = [], 0
    for section in document.sections:
        shown = []
        for block in section.blocks:
            if at < len(blocks) - dropped:
                gone = _length(block) - kept[at]
                shown.append(_as_data(block, kept[at]) | {"earlier": earlier(gone) if gone else ""})
            at += 1
        if shown or not section.blocks:
            sections.append({"title": _heading(section), "blocks": shown})
    return sections, dropped


def _whole(document: Document) -> list[dict]:
    return [
        {"title": _heading(section), "blocks": [_as_data(block, _length(block)) for block in section.blocks]}
        for section in document.sections
    ]


def _heading(section: Section) -> str:
    return section.title if is_visible(section.title) else ""


def _as_data(block: Block, keep: int) -> dict:
    match block:
        case Text():
            return {"kind": "text", "text": block.text}
        case Pairs():
            return {"kind": "pairs", "rows": [list(row) for row in block.rows[:keep]]}
        case Bullets():
            return {"kind": "bullets", "items": list(block.items[:keep])}
        case Grid():
            rows = [list(row) for row in block.rows[:keep]]
            return {"kind": "table", "head": list(block.head), "rows": rows, "numeric": list(block.numeric)}


def _clipped(document: Document, limit: int) -> Document:
    def clip(text: str) -> str:
        return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"

    def block(one: Block) -> Block:
        match one:
            case Text():
                return Text(clip(one.text))
            case Pairs():
                return Pairs([(clip(label), clip(value)) for label, value in one.rows])
            case Bullets():
                return Bullets([clip(item) for item in one.items])
            case Grid():
                rows = [[clip(cell) for cell in row] for row in one.rows]
                return Grid([clip(cell) for cell in one.head], rows, one.numeric)

    return replace(
        document,
        title=clip(document.title),
        subtitle=clip(document.subtitle),
        meta=clip(document.meta),
        unit=clip(document.unit),
        date=clip(document.date),
        note=clip(document.note),
        sections=[
            Section(clip(each.title), [block(one) for one in each.blocks]) for each in document.sections
        ],
    )


def _printed(document: Document, sections: list[dict], size: float, earlier: str, lang: str) -> Printed:
    data = {
        "subtitle": document.subtitle,
        "meta": document.meta,
        "unit": document.unit,
        "date": document.date,
        "note": document.note,
        "sections": sections,
        "earlier": earlier,
        "size": size,
    }
    return print_pages("document", data, title=document.title, lang=lang)
