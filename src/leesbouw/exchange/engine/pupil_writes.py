"""Applying and undoing rows that are pupils: their groups first, then the children; teachers when all is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.organisations.actions import GroupRow, remove_unused_groups, save_groups
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils import actions as pupils
from leesbouw.pupils.domain import enrolment_start

from ..enums import Decision, Leavers, RowKind, RunState
from ..models import ImportRow, ImportRun
from .base import Importer
from .pupil_numbers import in_pieces, passing_back, passing_on, without_taken_numbers
from .teachers import TeacherRows


class PupilWrites(TeacherRows, Importer):
    """The half of the pupil importer that writes."""

    def wants(self, row: ImportRow, run: ImportRun) -> bool:
        match row.kind:
            case RowKind.GONE:
                return run.options.get("leavers") == Leavers.LEFT
            case RowKind.DOUBTFUL:
                return row.decision in {Decision.TAKE, Decision.NEW}
        return row.kind in {RowKind.NEW, RowKind.CHANGED}

    def many_gone(self, run: ImportRun) -> bool:
        return bool(run.counts.get("many_gone")) and run.options.get("leavers") == Leavers.LEFT

    def gone_words(self, run: ImportRun) -> Any:
        if run.options.get("leavers") == Leavers.LEFT:
            return _("These pupils are not in the file. They are marked as left; nothing is deleted.")
        return _("These pupils are not in the file. They stay as they are.")

    def pieces(self, ids: Sequence[int], size: int, *, back: bool = False) -> Iterable[Sequence[int]]:
        rows = [row for row in ImportRow.objects.filter(pk__in=ids) if not self.is_teacher(row)]
        return in_pieces(ids, passing_back(rows) if back else passing_on(rows), size)

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        location = Location.objects.get(pk=run.options["location"])
        year = SchoolYear(int(run.options["year"]))
        children = [row for row in rows if not self.is_teacher(row)]
        gone = [row for row in children if row.kind == RowKind.GONE]
        others = [row for row in children if row.kind == RowKind.DOUBTFUL and row.decision == Decision.NEW]
        puts = [row for row in children if row.kind != RowKind.GONE]
        was = pupils.images_of([row.object_id for row in children if row.object_id], by=by)
        leaving = _ids(gone) + _replaced(others)
        if leaving:
            pupils.leave_pupils(leaving, left_on=last_day(year), location=location, by=by, run=str(run.pk))
        left = pupils.images_of(_replaced(others), by=by)
        groups, made = self._groups(puts, location, year, by)
        start = self._start(year, run)
        ids = pupils.put_pupils(
            [_pupil_row(row, groups, start, year) for row in puts], location=location, by=by, run=str(run.pk)
        )
        now = pupils.images_of([*ids, *_ids(gone)], by=by)
        for row, pk in zip([*puts, *gone], [*ids, *_ids(gone)], strict=True):
            row.before = {"was": None if row in others else was.get(row.object_id or 0), "now": now[pk]}
            if row in others and row.object_id in left:
                row.before["replaced"] = {str(row.object_id): [was[row.object_id], left[row.object_id]]}
            row.object_id, row.applied = pk, True
        if children and made:
            children[0].before["groups"] = made
        self.apply_teachers([row for row in rows if self.is_teacher(row)], run=run, location=location, by=by)

    def _groups(
        self, rows: Sequence[ImportRow], location: Location, year: SchoolYear, by: Actor
    ) -> tuple[dict[str, int], list[int]]:
        """Name → id of every group that these rows need, and the ids of those that were made for them."""
        wanted = {row.cleaned["group"]: row for row in rows if row.cleaned.get("group")}
        there = ClassGroup.objects.filter(location=location, year=year, name__in=list(wanted))
        known = dict(there.values_list("name", "pk"))
        fresh = [
            GroupRow(name, tuple(row.cleaned.get("group_year_groups", ())))
            for name, row in wanted.items()
            if name not in known
        ]
        if not fresh:
            return known, []
        saved = {
            name: row.pk for name, row in save_groups(fresh, location=location, year=year, by=by).items()
        }
        return known | saved, list(saved.values())

    def _start(self, year: SchoolYear, run: ImportRun) -> date:
        """From which day the children of this run are in their group; the same for all its chunks."""
        day = run.started_at.astimezone(AMSTERDAM).date() if run.started_at else today()
        return enrolment_start(year.starts_on, day, is_first_file=bool(run.counts.get("first_file")))

    # Undo

    def refuse_undo(self, run: ImportRun) -> None:
        """Files of a school are taken back last first: who is not in the newest one must not come back by an older."""
        later = ImportRun.objects.filter(
            importer=run.importer,
            options__location=run.options["location"],
            state__in=[RunState.FINISHED, RunState.RUNNING],
            started_at__gt=run.started_at,
        )
        if later.exclude(pk=run.pk).exists():
            raise Sentence(_("A newer file of this school was read in since. Undo that one first."))

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        children = [row for row in rows if not self.is_teacher(row)]
        ids = [row.object_id for row in children if row.object_id]
        replaced = {int(pk): pair for row in children for pk, pair in row.before.get("replaced", {}).items()}
        now = pupils.images_of([*ids, *replaced], by=by)
        made = [row.object_id for row in children if row.before["was"] is None and row.object_id in now]
        used = pupils.pupils_in_use(made, by=by)
        free = []
        for row in children:
            row.errors = _blocked(row, now, used)
            if not row.errors:
                free.append(row)
        free = without_taken_numbers(free)
        back = {
            row.object_id: row.before["was"] for row in free if row.before["was"] and row.object_id in now
        }
        for row in free:
            row.applied = False
            for pk, (image, left) in row.before.get("replaced", {}).items():
                if now.get(int(pk)) == left:
                    back[int(pk)] = image
        gone = [row.object_id for row in free if row.before["was"] is None and row.object_id in now]
        if gone:
            pupils.take_back_pupils(gone, by=by, run=str(run.pk))
        if back:
            pupils.restore_pupils(back, by=by, run=str(run.pk))
        self.undo_teachers([row for row in rows if self.is_teacher(row)], run=run, by=by)

    def settle(self, run: ImportRun, by: Actor) -> None:
        """After storing: who teaches which group. After undoing: that too, and groups that nobody needs any more."""
        self.settle_teachers(run, by)
        undone = ImportRow.objects.filter(run=run, applied=False).exclude(before={})
        made = [pk for row in undone.only("before", "run_id") for pk in row.before.get("groups", [])]
        if made:
            remove_unused_groups(made, by=by, run=str(run.pk))


def last_day(year: SchoolYear) -> date:
    """The last day of who is not in a file of this year: yesterday, or the end of the year before when it is early."""
    return max(year.starts_on, today()) - timedelta(days=1)


def _ids(rows: Sequence[ImportRow]) -> list[int]:
    return [row.object_id for row in rows if row.object_id]


def _replaced(rows: Sequence[ImportRow]) -> list[int]:
    """Children whose number went to another child; they have left."""
    taken = {"other_child", "other_eck_id"}
    return [row.object_id for row in rows if row.object_id and row.errors and row.errors[0][1] in taken]


def _pupil_row(row: ImportRow, groups: Mapping[str, int], start: date, year: SchoolYear) -> pupils.PupilRow:
    values = row.cleaned
    is_new = row.kind == RowKind.NEW or row.decision == Decision.NEW
    return pupils.PupilRow(
        id=None if is_new else row.object_id,
        group_id=groups.get(values.get("group", "")),
        year_group=values.get("year_group"),
        starts_on=start,
        **{name: values.get(name) or "" for name in ("key", "eck_id", "first_name", "infix", "last_name")},
        birth_year=values.get("birth_year"),
    )


def _blocked(row: ImportRow, now: Mapping[int, Any], used: set[int]) -> list[list[str]]:
    """Why this child cannot become what it was; one that was erased since needs nothing."""
    pk = row.object_id
    if pk is None or pk not in now:
        return []
    if now[pk] != row.before["now"]:
        return [["", "changed_since"]]
    return [["", "in_use"]] if pk in used else []
