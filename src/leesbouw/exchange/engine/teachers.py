"""Teachers in a school's file: contacts of the school, and who teaches which group. Nothing else of them is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from leesbouw.accounts.enums import Level
from leesbouw.core.access import Actor, GuardedQuerySet
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup, Location, Partnership
from leesbouw.people.actions import (
    ContactRow,
    GroupChange,
    TeacherRow,
    save_contacts,
    set_teachers,
    take_back_contacts,
)
from leesbouw.people.domain import same_name
from leesbouw.people.models import Contact, GroupTeacher
from leesbouw.people.permissions import EDIT_CONTACTS
from leesbouw.pupils.domain import full_name

from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun

FUNCTION = "teacher"  # of contact-options


class TeacherRows:
    """What the pupil importer does with rows about teachers."""

    def is_teacher(self, row: ImportRow) -> bool:
        return bool(row.cleaned.get("teaches"))

    def teacher_rows(self, run: ImportRun, records: Iterable[Cleaned], location: Location) -> list[ImportRow]:
        """A row per teacher with a group; somebody of this name or address who is there already is the same."""
        there = list(_contacts().filter(unit=location.pk, left_on=None))
        taught = self._taught(location, SchoolYear(int(run.options["year"])))
        rows = []
        for record in records:
            values = record.values
            groups = list(values.get("groups") or ())
            if not groups:
                continue
            name = full_name(
                values.get("first_name", ""), values.get("infix", ""), values.get("last_name", "")
            )[:100]
            email = values.get("email", "")
            known = next((each for each in there if _is_her(each, name, email)), None)
            row = ImportRow(
                run=run,
                number=record.number,
                kind=RowKind.NEW,
                label=name,
                cleaned={"name": name, "email": email, "teaches": groups},
                object_id=known.pk if known else None,
            )
            if known is not None:
                old = sorted(taught.get(known.pk, ()))
                row.changes = {"teaches": [old, sorted(groups)]} if old != sorted(groups) else {}
                row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
            rows.append(row)
        return rows

    def _taught(self, location: Location, year: SchoolYear) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        rows = _teachers().filter(group__location=location, group__year=year, ends_on=None)
        for contact, group in rows.values_list("contact_id", "group__name"):
            found[contact].append(group)
        return found

    def apply_teachers(
        self, rows: Sequence[ImportRow], *, run: ImportRun, location: Location, by: Actor
    ) -> None:
        """Makes contacts of those who are new, for the library that works with the school longest.

        Who may not write contacts brings pupils only.
        """
        with_library = (
            Partnership.objects.filter(on_day(today()), location=location).order_by("starts_on", "pk").first()
        )
        if not rows or with_library is None or not by.may(EDIT_CONTACTS):
            return
        fresh = [row for row in rows if row.object_id is None]
        made = save_contacts(
            [
                ContactRow(
                    unit_id=location.pk,
                    library_id=with_library.library_id,
                    name=row.cleaned["name"],
                    function=FUNCTION,
                    level=Level.OPERATIONAL,
                    email=row.cleaned["email"],
                )
                for row in fresh
            ],
            by=by,
            run=str(run.pk),
        )
        for row, contact in zip(fresh, made, strict=True):
            row.object_id = contact.pk
        for row in rows:
            row.before, row.applied = {"made": row in fresh}, True

    def undo_teachers(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        """Only notes that they go back: `settle_teachers` does it once all rows have."""
        for row in rows:
            row.applied = False

    def settle_teachers(self, run: ImportRun, by: Actor) -> None:
        """Brings who teaches which group in line with the rows that are applied now; safe to do again."""
        rows = [
            row
            for row in ImportRow.objects.filter(run=run).exclude(before={}).exclude(object_id=None)
            if self.is_teacher(row)
        ]
        if not rows:
            return
        applied = [row for row in rows if row.applied]
        groups = self._groups_of(rows, run)
        before: dict[str, Any] = run.options.get("teachers_before") or {}
        for pk in set(groups.values()) - {int(key) for key in before}:
            before[str(pk)] = _now_at(pk)
        run.options["teachers_before"] = before
        run.save(update_fields=["options"])
        wanted: dict[int, list[int]] = defaultdict(list)
        for row in applied:
            for name in row.cleaned["teaches"]:
                if name in groups and row.object_id:
                    wanted[groups[name]].append(row.object_id)
        changes = []
        for group in ClassGroup.objects.filter(pk__in=groups.values()):
            if applied:
                days = dict(before[str(group.pk)])
                people = [TeacherRow(pk, tuple(days.get(pk, ()))) for pk in dict.fromkeys(wanted[group.pk])]
            else:
                people = [TeacherRow(pk, tuple(days)) for pk, days in before[str(group.pk)]]
            if people or not applied:
                changes.append(GroupChange(group, people))
        if changes:
            set_teachers(changes, by=by, run=str(run.pk))
        gone = [row.object_id for row in rows if row.object_id and not row.applied and row.before.get("made")]
        if gone:
            take_back_contacts(gone, by=by, run=str(run.pk))

    def _groups_of(self, rows: Iterable[ImportRow], run: ImportRun) -> dict[str, int]:
        names = {name for row in rows for name in row.cleaned["teaches"]}
        groups = ClassGroup.objects.filter(
            location=run.options["location"], year=SchoolYear(int(run.options["year"])), name__in=names
        )
        return dict(groups.values_list("name", "pk"))


def _is_her(contact: Contact, name: str, email: str) -> bool:
    return bool(email and contact.email.lower() == email.lower()) or same_name(contact.name, name)


def _now_at(group_id: int) -> list[list[Any]]:
    rows = _teachers().filter(group=group_id, ends_on=None).order_by("pk")
    return [[row.contact_id, row.days] for row in rows]


def _contacts() -> GuardedQuerySet:
    return Contact.objects.trusted("held against the file of their own school; who brings it may see them")


def _teachers() -> GuardedQuerySet:
    return GroupTeacher.objects.trusted(
        "held against the file of their own school; who brings it may see them"
    )
