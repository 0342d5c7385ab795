"""Every line of a move held against the school: who it is, which book, and whether that can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy, Title
from leesbouw.collection.queries import barcodes_in_use, places_of_library, titles_by_words
from leesbouw.core.db import in_chunks
from leesbouw.core.time import today
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind
from leesbouw.lending.queries import Moving, moving_state
from leesbouw.organisations.models import Location

from ..domain.columns import Cleaned
from ..domain.loans import CARD, HOLD, LOAN
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Preview, faulty_row

IN_FILE, KNOWN, TAKEN, NOT, OVER = range(5)


@dataclass(slots=True)
class _File:
    """What the lines of one file are held against, and what earlier lines said."""

    library: int
    places: Mapping[str, Location]
    state: Moving
    copies: dict[str, Copy] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)  # by ISBN, and by name in small letters
    names: dict[int, str] = field(default_factory=dict)  # title → its name
    cards: dict[tuple[int, str], int] = field(default_factory=dict)  # of this file
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def place_of(self, record: Cleaned) -> Location | None:
        if code := record.values.get("school"):
            return self.places.get(code)
        copy = self.copies.get(record.values.get("barcode", ""))
        return next((one for one in self.places.values() if copy and one.pk == copy.location_id), None)

    def who(self, record: Cleaned, place: Location) -> Borrower | None:
        values = record.values
        if values.get("pupil"):
            pk = self.state.pupil(place.pk, values["pupil"])
            return Borrower(BorrowerKind.PUPIL, pk) if pk else None
        key = (place.pk, values["card"])
        if key in self.cards:
            return Borrower(BorrowerKind.PUPIL, self.cards[key])
        return self.state.cards.get(key)


def match_moving(run: ImportRun, records: list[Cleaned]) -> Preview:
    """Rows that can be taken, with the ids that applying needs, and by school how many there are of each kind."""
    preview = Preview()
    file = _read(int(run.options["library"]), records)
    schools: dict[tuple[str, str], list[int]] = {}
    for record in records:
        place = None if record.is_faulty else file.place_of(record)
        label = (place.code, place.name) if place else (str(record.values.get("school", ""))[:20], "")
        counts = schools.setdefault(label, [0] * 5)
        counts[IN_FILE] += 1
        if not record.is_faulty and record.values.get("returned"):
            counts[OVER] += 1
            preview.count("over")
            continue
        ids = None if record.is_faulty else _look(file, record, place)
        if ids is None:
            record.raw = record.raw or {code: str(value) for code, value in record.values.items()}
            row = faulty_row(run, record)
            row.code = ""
            counts[NOT] += 1
        else:
            row = _row(run, record, ids)
            counts[KNOWN if row.kind == RowKind.SAME else TAKEN] += 1
        preview.rows.append(row)
    preview.counts["by_school"] = [[*label, *counts] for label, counts in sorted(schools.items())]
    return preview


def _read(library: int, records: Sequence[Cleaned]) -> _File:
    places = places_of_library(library)
    file = _File(library, places, moving_state([place.pk for place in places.values()]))
    good = [record.values for record in records if not record.is_faulty]
    for chunk in in_chunks(good):
        file.copies |= barcodes_in_use(library, [values.get("barcode", "") for values in chunk])
    titles = titles_by_words(
        library,
        isbns=[values["isbn"] for values in good if values.get("isbn")],
        names=[values["title"] for values in good if values.get("title")],
        ids=[copy.title_id for copy in file.copies.values()],
    )
    for title in titles:
        file.names[title.pk] = title.title
        file.titles.setdefault(title.title.casefold(), title)
        if title.isbn:
            file.titles[title.isbn] = title
    for record in records:
        place = None if record.is_faulty else file.place_of(record)
        values = record.values
        if place and values.get("card") and values.get("pupil"):
            pk = file.state.pupil(place.pk, values["pupil"])
            if pk:
                file.cards.setdefault((place.pk, values["card"]), pk)
    return file


def _look(file: _File, record: Cleaned, place: Location | None) -> dict[str, Any] | None:
    """The ids of a line; None when something is wrong with it, which then stands in its errors."""
    values = record.values
    if values["what"] == LOAN and values["barcode"] not in file.copies:
        record.errors.append(("barcode", "unknown_barcode"))
    elif place is None:
        reason = "unknown_location" if values.get("school") else "missing"
        record.errors.append(
            ("barcode", "other_place")
            if values["what"] == LOAN and reason == "missing"
            else ("school", reason)
        )
    elif (who := file.who(record, place)) is None:
        record.errors.append(("pupil" if values.get("pupil") else "card", "unknown_who"))
    else:
        ids: dict[str, Any] = {"place": place.pk, "who": str(who), "is_known": False}
        _card(file, record, place, who, ids)
        look = {LOAN: _loan, HOLD: _hold, CARD: _only_card}[values["what"]]
        look(file, record, place, who, ids)
        return None if record.is_faulty else ids
    return None


def _card(file: _File, record: Cleaned, place: Location, who: Borrower, ids: dict[str, Any]) -> None:
    """A card number beside a pupil comes along, once."""
    card = record.values.get("card")
    if not card or not record.values.get("pupil"):
        return
    key = (place.pk, card)
    owner = file.state.cards.get(key)
    if (owner and owner != who) or file.cards.get(key, who.id) != who.id:
        record.errors.append(("card", "card_taken"))
    elif owner is None and ("card", *key) not in file.seen and ("carded", who) not in file.seen:
        file.seen |= {("card", *key), ("carded", who)}
        ids["to_card"] = True


def _only_card(file: _File, record: Cleaned, place: Location, who: Borrower, ids: dict[str, Any]) -> None:
    ids["is_known"] = not ids.get("to_card")


def _loan(file: _File, record: Cleaned, place: Location, who: Borrower, ids: dict[str, Any]) -> None:
    copy = file.copies[record.values["barcode"]]
    if copy.location_id != place.pk:
        record.errors.append(("barcode", "other_place"))
    elif copy.status == CopyStatus.WITHDRAWN:
        record.errors.append(("barcode", "withdrawn_copy"))
    elif date.fromisoformat(record.values["borrowed"]) > today():
        record.errors.append(("borrowed", "future"))
    elif ("copy", copy.pk) in file.seen:
        record.errors.append(("barcode", "double_copy"))
    elif copy.pk in file.state.out and file.state.out[copy.pk] != who:
        record.errors.append(("barcode", "lent_already"))
    else:
        file.seen.add(("copy", copy.pk))
        ids |= {
            "copy": copy.pk,
            "label": file.names.get(copy.title_id, ""),
            "is_known": copy.pk in file.state.out and not ids.get("to_card"),
        }


def _hold(file: _File, record: Cleaned, place: Location, who: Borrower, ids: dict[str, Any]) -> None:
    values = record.values
    title = file.titles.get(values.get("isbn", "")) or file.titles.get(values.get("title", "").casefold())
    if title is None:
        record.errors.append(("isbn" if values.get("isbn") else "title", "unknown_title"))
    elif who.kind != BorrowerKind.PUPIL:
        record.errors.append(("card", "unknown_who"))
    elif ("hold", title.pk, who.id) in file.seen:
        record.errors.append(("title", "double_hold"))
    else:
        file.seen.add(("hold", title.pk, who.id))
        waits = (title.pk, who.id) in file.state.waits
        ids |= {"title_id": title.pk, "label": title.title, "is_known": waits and not ids.get("to_card")}


def _row(run: ImportRun, record: Cleaned, ids: dict[str, Any]) -> ImportRow:
    """The book stands on the page, and the number of the child only where the file gave it."""
    known, label = ids.pop("is_known"), ids.pop("label", "")
    who = Borrower.parse(ids["who"])
    return ImportRow(
        run=run,
        number=record.number,
        kind=RowKind.SAME if known else RowKind.NEW,
        code=str(record.values.get("barcode", ""))[:20],
        label=label[:160],
        cleaned=record.values | ids,
        object_id=who.id if who and who.kind == BorrowerKind.PUPIL else None,
    )
