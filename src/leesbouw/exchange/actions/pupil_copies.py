"""What imports keep of one child, and wiping it: rows with before-images, and files that wait to be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from leesbouw.core.access import GuardedQuerySet
from leesbouw.core.time import AMSTERDAM
from leesbouw.organisations.models import Partnership
from leesbouw.pupils.models import Pupil

from ..enums import RowKind
from ..models import ImportPart, ImportRow, ImportRun
from .forgetting import OPEN

IMPORTER, LOANS = "pupils", "loans"


def rows_about(ids: Sequence[int]) -> Any:
    """Rows of imports about these children: by their id, and by their number where no id was known yet."""
    children = _children(ids)
    wanted = Q(object_id__in=list(ids)) & ~Q(cleaned__has_key="teaches")
    for location, key, eck_id in children.values_list("location_id", "key", "eck_id"):
        mine = Q(run__options__location=location)
        if key:
            wanted |= mine & Q(cleaned__key=key)
        if eck_id:
            wanted |= mine & Q(cleaned__eck_id=eck_id)
    return ImportRow.objects.filter(
        Q(run__importer=IMPORTER) & wanted | Q(run__importer=LOANS) & _in_loans(ids, children)
    )


def _in_loans(ids: Sequence[int], children: GuardedQuerySet) -> Q:
    """The same in files with loans; a row that could not be read names a child by number only."""
    wanted = Q(object_id__in=list(ids))
    for key in children.exclude(key="").values_list("key", flat=True):
        wanted |= Q(cleaned__pupil=key)
    return wanted


def wipe_pupil_copies(ids: Sequence[int]) -> None:
    """Deletes what imports keep of these children, and a name of a file that holds theirs."""
    rows_about(ids).delete()
    children = list(_children(ids).values_list("location_id", "first_name", "last_name"))
    for location, *names in children:
        _forget_name_of_file(location, {word for name in names for word in _words(name)})


def _forget_name_of_file(location: int, names: set[str]) -> None:
    """Who exports one child may call the file after her."""
    runs = ImportRun.objects.filter(importer=IMPORTER, options__location=location)
    for run in runs.only("file_name"):
        if names & _words(run.file_name):
            run.file_name = _("file of the school")
            run.save(update_fields=["file_name"])


def _words(text: str) -> set[str]:
    """The words of a name or of the name of a file, but for what joins them."""
    return {word for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) > 2}


def forget_waiting_files(locations: Sequence[int]) -> None:
    """Deletes files of these schools that are not stored yet, and rows that could not be read: whose they are, nobody
    knows."""
    libraries = Partnership.objects.filter(location__in=list(locations)).values_list("library", flat=True)
    mine = ImportRun.objects.filter(
        Q(importer=IMPORTER, options__location__in=list(locations))
        | Q(importer=LOANS, options__library__in=sorted(set(libraries)))
    )
    waiting = mine.filter(state__in=OPEN)
    ImportRow.objects.filter(run__in=mine, kind=RowKind.FAULTY).delete()
    ImportPart.objects.filter(run__in=waiting).delete()
    waiting.exclude(rows__applied=True).delete()


def told_of_imports(pupil_id: int) -> list[tuple[Any, list[str]]]:
    """In which imports of the last two weeks the child stands, so that they can still be undone."""
    runs = {row.run for row in rows_about([pupil_id]).filter(object_id=pupil_id).select_related("run")}
    return [
        (
            _("Read in on %(day)s") % {"day": f"{run.created_at.astimezone(AMSTERDAM):%d-%m-%Y}"},
            [_("file of the school")],  # its name may be that of another child
        )
        for run in sorted(runs, key=lambda run: run.pk)
    ]


def told_to_child(pupil_id: int) -> list[tuple[Any, list[str]]]:
    """The same for the child itself; names of files say nothing to her."""
    there = rows_about([pupil_id]).filter(object_id=pupil_id).exists()
    return (
        [("", [_("Your name is on the list that school gave us. We forget that list after two weeks.")])]
        if there
        else []
    )


def _children(ids: Sequence[int]) -> GuardedQuerySet:
    rows = Pupil.objects.trusted("children that are being erased or told about, opened by the caller")
    return rows.filter(pk__in=list(ids))
