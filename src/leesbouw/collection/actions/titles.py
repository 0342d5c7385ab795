"""Titles: typed one by one, or many at once from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version

from ..domain import TitleFacts
from ..enums import TitleSource
from ..models import Copy, Title
from ..permissions import EDIT_TITLES
from ..queries import FIELDS
from .indexing import forget_titles, index_titles


def check_library(by: Actor, library_id: int) -> None:
    """Raises NotAllowed for a library that is not the actor's own."""
    require(by, EDIT_TITLES)
    if by.kind != "system" and library_id not in by.libraries:
        raise NotAllowed(EDIT_TITLES)


def add_title(*, library_id: int, facts: TitleFacts, by: Actor) -> Title:
    """Adds a title. Raises Sentence when the library has one with this ISBN already."""
    check_library(by, library_id)
    try:
        with write_transaction():
            row = Title.objects.create(library_id=library_id, source=TitleSource.TYPED, **values_of(facts))
            index_titles([row])
            record(by=by, verb="collection.add_title", subject=row, unit_id=library_id)
            return row
    except IntegrityError:
        raise Sentence(_("A title with this ISBN is there already. Search for it by its number.")) from None


def change_title(*, title: Title, facts: TitleFacts, by: Actor, version: int | None = None) -> Title:
    """Writes what is known of a title anew. Raises Stale, or Sentence when another has this ISBN."""
    check_library(by, title.library_id)
    try:
        with write_transaction():
            row: Title = lock_row(Title.objects.visible_to(by), pk=title.pk)
            check_version(row, version)
            for name, value in values_of(facts).items():
                setattr(row, name, value)
            row.version += 1
            row.save()
            index_titles([row])
            record(by=by, verb="collection.change_title", subject=row, unit_id=row.library_id)
            return row
    except IntegrityError:
        raise Sentence(_("A title with this ISBN is there already. Search for it by its number.")) from None


def save_titles(
    rows: Sequence[tuple[int | None, TitleFacts]],
    *,
    library_id: int,
    source: str,
    by: Actor,
    run: str = "",
) -> list[int]:
    """Adds or changes titles, in one event: (id of one that is there or None, what is known now).

    An empty text leaves what was known. Returns the ids in the order of `rows`.
    """
    check_library(by, library_id)
    with write_transaction():
        known = Title.objects.filter(library=library_id).in_bulk([pk for pk, _facts in rows if pk])
        fresh: list[Title] = []
        result: list[Title] = []
        for pk, facts in rows:
            row = known.get(pk or 0)
            if row is None:
                row = Title(library_id=library_id, source=source, **values_of(facts))
                fresh.append(row)
            else:
                for name, value in values_of(facts).items():
                    if value not in ("", None, []):
                        setattr(row, name, value)
                row.version += 1
            result.append(row)
        Title.objects.bulk_create(fresh)
        if known:
            Title.objects.bulk_update(known.values(), [*FIELDS, "version"])
        index_titles(result, fresh=not known)
        record(
            by=by,
            verb="collection.save_titles",
            unit_id=library_id,
            count=len(result),
            run=run,
            data={"source": source},
        )
        return [row.pk for row in result]


def take_back_titles(
    *, made: Sequence[int], before: Mapping[int, Mapping[str, Any]], library_id: int, by: Actor, run: str = ""
) -> list[int]:
    """Undoes `save_titles`: titles that were made go unless copies hang on them, others become as they were.

    Returns the ids of those that stayed because they are in use.
    """
    check_library(by, library_id)
    with write_transaction():
        used = set(Copy.objects.filter(title__in=made).values_list("title", flat=True))
        gone = list(
            Title.objects.filter(library=library_id, pk__in=set(made) - used).values_list("pk", flat=True)
        )
        forget_titles(gone)
        Title.objects.filter(pk__in=gone).delete()
        rows = Title.objects.filter(library=library_id).in_bulk(list(before))
        for pk, row in rows.items():
            for name, value in before[pk].items():
                setattr(row, name, value)
            row.version += 1
        Title.objects.bulk_update(rows.values(), [*FIELDS, "version"])
        index_titles(list(rows.values()))
        record(
            by=by,
            verb="collection.take_back_titles",
            unit_id=library_id,
            count=len(made) + len(rows),
            run=run,
        )
        return sorted(used)


def values_of(facts: TitleFacts) -> dict[str, Any]:
    """The columns of a row; lists as JSON keeps them."""
    values = asdict(facts)
    return values | {"authors": list(facts.authors), "themes": list(facts.themes)}
