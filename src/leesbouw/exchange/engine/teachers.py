"""Teachers in a school's file: contacts of the school, and who teaches which group. Nothing else of them is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leesbouw.accounts.enums import Level
from leesbouw.core.access import Actor, GuardedQuerySet
from leesbouw.core.db import write_transaction
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
from leesbouw.people.queries import contacts_in_use
from leesbouw.pupils.domain import full_name

from ..domain.columns import Cleaned
from ..enums import RowKind
from ..models import ImportRow, ImportRun
from .base import Preview

FUNCTION = "teacher"  # of contact-options
Days = dict[int, list[int]]  # group → weekdays of one teacher


@dataclass(slots=True)
class Person:
    """A teacher in the file. `number`: her first row; 0 for one whom it does not name."""

    number: int
    name: str
    email: str
    groups: list[str]


class TeacherRows:
    """What the pupil importer does with rows about teachers: each is a person, with all groups she has."""

    def is_teacher(self, row: ImportRow) -> bool:
        return "teaches" in row.cleaned

    def add_teachers(
        self, run: ImportRun, preview: Preview, records: Iterable[Cleaned], location: Location
    ) -> None:
        """Adds their rows to those of the pupils, and counts them. Who may not write contacts brings pupils only."""
        if run.options.get("teachers") is False or _library_of(location) is None:
            preview.counts["teachers_left_out"] = len(_people(records))
            return
        sure = {RowKind.NEW, RowKind.CHANGED, RowKind.SAME}
        groups = {str(row.cleaned.get("group", "")) for row in preview.rows if row.kind in sure}
        for row in self._teacher_rows(run, records, location, groups):
            preview.rows.append(row)
            preview.count(f"teachers_{row.kind}")

    def _teacher_rows(
        self, run: ImportRun, records: Iterable[Cleaned], location: Location, groups: Collection[str]
    ) -> list[ImportRow]:
        """A row per teacher with a group, and one for whoever has a group that the file gives to others only.

        `groups`: those that the pupils of the file are in; another one counts only where it is there already.
        """
        year = SchoolYear(int(run.options["year"]))
        there = list(_contacts().filter(unit=location.pk, left_on=None).order_by("pk"))
        taught = _taught_names(location, year)
        names = ClassGroup.objects.filter(location=location, year=year).values_list("name", flat=True)
        real = {*groups, *names}
        people = _people(records)
        known = _who_they_are(people, there)
        rows = []
        for person in people:
            row = _row(run, person)
            if contact := known.get(person.number):
                _compare(row, contact, taught[contact.pk], sorted(real.intersection(person.groups)))
            rows.append(row)
        named = {group for person in people for group in person.groups}
        in_file = {contact.pk for contact in known.values()}
        for contact in there:
            old = taught[contact.pk]
            if contact.pk not in in_file and named.intersection(old):
                rest = [group for group in old if group not in named]
                row = _row(run, Person(0, contact.name, contact.email, rest))
                _compare(row, contact, old, rest)
                rows.append(row)
        return rows

    def apply_teachers(
        self, rows: Sequence[ImportRow], *, run: ImportRun, location: Location, by: Actor
    ) -> None:
        """Makes contacts of those who are new, for the library that works with the school longest."""
        library_id = _library_of(location)
        if not rows or library_id is None or not by.may(EDIT_CONTACTS):
            return
        fresh = [row for row in rows if row.object_id is None]
        made = save_contacts(
            [
                ContactRow(
                    unit_id=location.pk,
                    library_id=library_id,
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
        for row in rows:
            row.before, row.applied = {"made": False}, True
        for row, contact in zip(fresh, made, strict=True):
            row.object_id, row.before = contact.pk, {"made": True, "version": contact.version}

    def undo_teachers(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        """Only notes who can go back: `settle_teachers` does it once all rows have."""
        now = _days_of([row.object_id for row in rows if row.object_id], run)
        ids = [row.object_id for row in rows if row.object_id and row.before["made"]]
        used = contacts_in_use(ids)
        versions = dict(_contacts().filter(pk__in=ids).values_list("pk", "version"))
        for row in rows:
            mine = now.get(row.object_id or 0, {})
            is_other = versions.get(row.object_id, 0) > row.before.get("version", 1)
            if is_other or ("now" in row.before and _image(mine) != row.before["now"]):
                row.errors = [["", "changed_since"]]
            else:
                row.errors = [["", "in_use"]] if row.object_id in used else []
            row.applied = bool(row.errors)

    def settle_teachers(self, run: ImportRun, by: Actor) -> None:
        """Gives the teachers of applied rows their groups once, and those of rows that go back what they had; safe to
        do again."""
        found = ImportRow.objects.filter(run=run).exclude(before={}).exclude(object_id=None).order_by("pk")
        rows = [row for row in found if self.is_teacher(row)]
        fresh = [row for row in rows if row.applied and "now" not in row.before]
        back = [row for row in rows if not row.applied]
        with write_transaction():
            if fresh:
                self._give(fresh, run, by)
            if back:
                self._give_back(back, run, by)

    def _give(self, rows: Sequence[ImportRow], run: ImportRun, by: Actor) -> None:
        groups = dict(_groups(run).values_list("name", "pk"))
        ids = [row.object_id for row in rows if row.object_id]
        was = _days_of(ids, run)
        wanted: dict[int, Days] = {}
        for row in rows:
            pks = [groups[name] for name in row.cleaned["teaches"] if name in groups]
            mine = was.get(row.object_id or 0, {})
            wanted[row.object_id or 0] = {pk: mine.get(pk, []) for pk in pks}
        _set_groups(wanted, run, by)
        now = _days_of(ids, run)
        for row in rows:
            pk = row.object_id or 0
            row.before |= {"was": _image(was.get(pk, {})), "now": _image(now.get(pk, {}))}
        ImportRow.objects.bulk_update(rows, ["before"])

    def _give_back(self, rows: Sequence[ImportRow], run: ImportRun, by: Actor) -> None:
        there = set(_contacts().filter(pk__in=[row.object_id for row in rows]).values_list("pk", flat=True))
        by_id = {row.object_id: row for row in rows if row.object_id in there}
        had = {pk: dict(row.before["was"]) for pk, row in by_id.items() if pk and "was" in row.before}
        _set_groups(had, run, by)
        if gone := [pk for pk, row in by_id.items() if pk and row.before["made"]]:
            take_back_contacts(gone, by=by, run=str(run.pk))


def _library_of(location: Location) -> int | None:
    held = Partnership.objects.filter(on_day(today()), location=location).order_by("starts_on", "pk")
    return held.values_list("library_id", flat=True).first()


def _people(records: Iterable[Cleaned]) -> list[Person]:
    """Every teacher who has a group. Of one name there is one person, as among contacts."""
    found: list[Person] = []
    for record in records:
        values = record.values
        name = full_name(values.get("first_name", ""), values.get("infix", ""), values.get("last_name", ""))
        if not values.get("groups"):
            continue
        person = next((one for one in found if same_name(one.name, name)), None)
        if person is None:
            person = Person(record.number, name[:100], values.get("email", ""), [])
            found.append(person)
        person.groups += [group for group in values["groups"] if group not in person.groups]
    return found


def _who_they_are(people: Sequence[Person], there: Iterable[Contact]) -> dict[int, Contact]:
    """Number of the row → who that is: by name, else by an address that nobody else has; schools share them."""
    left = list(there)
    found: dict[int, Contact] = {}
    for person in people:
        if namesake := next((each for each in left if same_name(each.name, person.name)), None):
            found[person.number] = namesake
            left.remove(namesake)
    rest = [person for person in people if person.number not in found and person.email]
    for person in rest:
        by_email = [each for each in left if each.email.lower() == person.email.lower()]
        if len(by_email) == 1 and sum(one.email.lower() == person.email.lower() for one in rest) == 1:
            found[person.number] = by_email[0]
    return found


def _row(run: ImportRun, person: Person) -> ImportRow:
    cleaned = {"name": person.name, "email": person.email, "teaches": person.groups}
    return ImportRow(run=run, number=person.number, kind=RowKind.NEW, label=person.name, cleaned=cleaned)


def _compare(row: ImportRow, contact: Contact, old: list[str], new: list[str]) -> None:
    row.object_id = contact.pk
    row.changes = {"teaches": [old, new]} if old != new else {}
    row.kind = RowKind.CHANGED if row.changes else RowKind.SAME


def _taught_names(location: Location, year: SchoolYear) -> defaultdict[int, list[str]]:
    """Contact → the names of the groups she has."""
    found = defaultdict[int, list[str]](list)
    rows = _teachers().filter(group__location=location, group__year=year, ends_on=None)
    for contact, group in rows.order_by("group__name").values_list("contact_id", "group__name"):
        found[contact].append(group)
    return found


def _days_of(ids: Iterable[int], run: ImportRun) -> dict[int, Days]:
    found: dict[int, Days] = defaultdict(dict)
    rows = _teachers().filter(contact__in=list(ids), group__in=_groups(run), ends_on=None)
    for contact, group, days in rows.values_list("contact_id", "group_id", "days"):
        found[contact][group] = days
    return found


def _image(days: Days) -> list[list[Any]]:
    """As a row keeps it: JSON knows no numbers as keys."""
    return [[group, days[group]] for group in sorted(days)]


def _set_groups(wanted: Mapping[int, Days], run: ImportRun, by: Actor) -> None:
    """Makes these the groups of these teachers; what others teach stays as it is."""
    people: dict[int, Days] = defaultdict(dict)  # group → teacher → weekdays
    for group, contact, days in (
        _teachers()
        .filter(group__in=_groups(run), ends_on=None)
        .order_by("pk")
        .values_list("group_id", "contact_id", "days")
    ):
        people[group][contact] = days
    changes = []
    for group in _groups(run):
        before = people[group.pk]
        after = {pk: days for pk, days in before.items() if pk not in wanted}
        after |= {pk: days[group.pk] for pk, days in wanted.items() if group.pk in days}
        if after != before:
            changes.append(GroupChange(group, [TeacherRow(pk, tuple(days)) for pk, days in after.items()]))
    if changes:
        set_teachers(changes, by=by, run=str(run.pk))


def _groups(run: ImportRun) -> Any:
    return ClassGroup.objects.filter(
        location=run.options["location"], year=SchoolYear(int(run.options["year"]))
    )


def _contacts() -> GuardedQuerySet:
    return Contact.objects.trusted("held against the file of their own school; who brings it may see them")


def _teachers() -> GuardedQuerySet:
    return GroupTeacher.objects.trusted(
        "held against the file of their own school; who brings it may see them"
    )
