"""Pupils, their groups and the teachers of those groups, from the file of one school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.people.permissions import EDIT_CONTACTS
from leesbouw.pupils import actions as pupils
from leesbouw.pupils.domain import Match, Verdict, is_many_gone, match_pupils
from leesbouw.pupils.holders import unsettled
from leesbouw.pupils.permissions import IMPORT as IMPORT_PUPILS
from leesbouw.pupils.queries import keeps_birth_years, refusal, usual_share

from ..domain import pupils as files
from ..domain.columns import Cleaned, Column
from ..domain.reading import Table
from ..enums import FILE_WARNINGS, NAMESAKES, Decision, Leavers, RowKind
from ..models import ImportRow, ImportRun
from .base import Preview
from .pupil_numbers import refuse_taken_numbers
from .pupil_writes import PupilWrites
from .pupils_known import (
    KnownPupil,
    call_groups_as_here,
    fingerprint,
    is_first_file,
    known_pupils,
    latest_year,
)
from .pupils_told import (
    changes_of,
    faulty_child,
    gone_child,
    incoming_of,
    known_of,
    label_of,
    named_by_faulty,
    note_year_groups,
    side_by_side,
)

TEACHER = "teacher"  # what a row is about, as the readers say it


class PupilImporter(PupilWrites):
    code = "pupils"
    slug = "leerlingen"
    icon = "group"
    permission = IMPORT_PUPILS
    label = _("Pupils of a school")
    what = _("Who is at this school, in which group, and who teaches that group.")
    guide = (
        _("ParnasSys: Beheer, Export, then “EDEX & UWLR (nieuw)”. ESIS: choose EDEXML, not EDEX."),
        _("Magister and SOMtoday: an export of pupils with key, names, class and year as CSV or Excel."),
        _("Any other list will do, as long as it has a number, a name and a group per pupil."),
    )
    notes = (
        _(
            "We keep a name, a group, a year group and a number. Everything else is thrown away while reading."
        ),
        _("The file itself is never stored."),
    )
    accepts = ".xml,.csv,.txt,.xlsx"
    hint = _("EDEXML or UWLR (xml), CSV or Excel (xlsx), 64 MB at most.")
    columns = files.COLUMNS
    dropped = files.DROPPED
    one_of = (("key", "eck_id"), ("last_name", "first_name", "full_name"))
    asks = frozenset({"location", "year", "leavers", "new_system", "merged"})
    about_children = True
    summary = "exchange/parts/pupils.html"
    settled = ("location", "sector", "birth_years", "by_name", "teachers", "dropped", "warnings")
    decisions = (Decision.TAKE, Decision.NEW, Decision.SKIP)

    # Before a row is read

    def admit(self, options: Mapping[str, Any], by: Actor) -> None:
        """No pupil enters without a processing agreement of a school within reach."""
        location = Location.objects.visible_to(by).filter(pk=options.get("location") or 0).first()
        if location is None or (by.kind != "system" and location.pk not in by.locations):
            raise Sentence(_("Choose the school of this file first."))
        pupils.require_agreement(location)

    def closed(self, by: Actor) -> str:
        """Who has one school hears at once that its pupils may not come in."""
        own = (
            Location.objects.filter(pk=by.unit_id or 0).first() if by.unit_kind == UnitKind.LOCATION else None
        )
        try:
            if own is not None:
                pupils.require_agreement(own)
        except Sentence as sentence:
            return str(sentence)
        return ""

    def check_typed(self, code: str, text: str) -> None:
        if code == "key":
            pupils.refuse_bsn(text)

    def default_options(self, file_name: str, by: Actor) -> dict[str, Any]:
        year = SchoolYear.running()
        own = by.unit_id if by.unit_kind == UnitKind.LOCATION else None
        writes = by.may(EDIT_CONTACTS)
        return {"location": own, "year": year.first, "leavers": Leavers.LEFT.value, "teachers": writes}

    def read(
        self, content: bytes, options: Mapping[str, Any], mapping: Mapping[str, Sequence[str]] | None = None
    ) -> Table:
        """Raises Unreadable, or Sentence for the file of another school or of several."""
        location = Location.objects.get(pk=options["location"])
        table = files.read_pupils(content, birth_years=keeps_birth_years(location.pk), mapping=mapping)
        there, warnings = (table.facts.brin, table.facts.warnings) if table.facts else ("", ())
        if "several_schools" in warnings:
            raise Sentence(FILE_WARNINGS["several_schools"])
        if "branch_missing" in warnings and there[:4] == location.code[:4]:
            there = location.code  # a file without a branch number may be of any location of its school
        if there and there != location.code:
            raise Sentence(
                _("This file is of school %(there)s, not of %(here)s. Choose the right school or file."),
                there=there,
                here=location.code,
            )
        return table

    def options_of(self, table: Table, options: Mapping[str, Any]) -> dict[str, Any]:
        """What the school is, and the school year that the file itself names."""
        location = Location.objects.get(pk=options["location"])
        found: dict[str, Any] = {
            "sector": str(location.sector),
            "birth_years": keeps_birth_years(location.pk),
        }
        if table.facts:  # names of fields and codes of warnings, never a value
            found |= {"dropped": sorted(table.facts.dropped), "warnings": list(table.facts.warnings)}
        if table.facts and table.facts.school_year:
            found["year"] = SchoolYear.parse(table.facts.school_year).first
        return found

    def keeps(self, code: str, options: Mapping[str, Any]) -> bool:
        return code != "birth_year" or bool(options.get("birth_years"))

    def columns_shown(self, actor: Actor) -> tuple[Column, ...]:
        """Years of birth are named only to who brings them for a school that keeps them."""
        wants = actor.unit_kind == UnitKind.LOCATION and keeps_birth_years(actor.unit_id or 0)
        return files.columns_for(birth_years=wants)

    # Rows, without the database

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        """A year group is kept as its number within the kind of school; one that names no year is not kept."""
        record = files.clean_pupil(number, raw, options)
        code = record.values.pop("year_group", "")
        record.values.pop("group_year_group", None)
        if number_in_kind := files.year_number(code):
            record.values["year_group"] = number_in_kind
        return record

    # Rows against the pupils that are there

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        preview = Preview()
        location = Location.objects.get(pk=run.options["location"])
        year = SchoolYear(int(run.options["year"]))
        later = latest_year(location)
        if later is not None and later > year:
            raise Sentence(
                _(
                    "Pupils are in groups of %(later)s already. A file of %(year)s would move them back."
                    " Bring a file of %(later)s, or take the new school year back first."
                ),
                later=str(later),
                year=str(year),
            )
        good = self._sifted(run, records, preview, location)
        call_groups_as_here(good, location, year)
        known = known_pupils(location, year, run.options.get("merged") or ())
        children = [record for record in good if record.values.get("kind") != TEACHER]
        matches = match_pupils(
            [incoming_of(record) for record in children],
            [known_of(child) for child in known.values()],
            new_system=bool(run.options.get("new_system")),
        )
        spared: set[int] = set()
        for record, match in zip(children, matches, strict=True):
            if match.known_id:
                spared.add(match.known_id)
            preview.rows.append(self._row(run, record, match, known, location))
        here = {pk: child for pk, child in known.items() if not (child.has_left or child.is_elsewhere)}
        refuse_taken_numbers(preview.rows, here, leavers_go=run.options.get("leavers") == Leavers.LEFT)
        note_year_groups(preview.rows)
        teachers = [record for record in good if record.values.get("kind") == TEACHER]
        self.add_teachers(run, preview, teachers, location)
        self._gone(run, preview, here, spared, location)
        for reason in (*NAMESAKES, "other_child"):
            preview.counts[reason] = sum(row.errors == [["", reason]] for row in preview.rows)
        preview.counts["fingerprint"] = fingerprint(location, run.options.get("merged") or ())
        preview.counts["first_file"] = int(is_first_file(location, year))
        preview.counts["moved"] = sum(
            row.kind == RowKind.CHANGED and "group" in row.changes for row in preview.rows
        )
        return preview

    def is_outdated(self, run: ImportRun) -> bool:
        location = Location.objects.get(pk=run.options["location"])
        return run.counts.get("fingerprint") != fingerprint(location, run.options.get("merged") or ())

    def _sifted(
        self, run: ImportRun, records: Iterable[Cleaned], preview: Preview, location: Location
    ) -> list[Cleaned]:
        """Records to match. Faulty ones are shown, repeated ones counted, and those erased on request left out."""
        is_refused = refusal(location)
        seen: set[str] = set()
        good = []
        for record in records:
            if record.left_out:
                preview.count(record.left_out)
                continue
            if record.is_faulty:
                preview.rows.append(faulty_child(run, record))
                continue
            values = record.values
            same = repr(sorted(values.items()))
            if same in seen:
                preview.count("repeated")
                continue
            seen.add(same)
            if is_refused(values.get("key") or "", values.get("eck_id") or ""):
                preview.count("kept_away")
                continue
            good.append(record)
        return good

    def _row(
        self,
        run: ImportRun,
        record: Cleaned,
        match: Match,
        known: Mapping[int, KnownPupil],
        location: Location,
    ) -> ImportRow:
        values = record.values
        if match.verdict is Verdict.DOUBLE:
            record.raw = {name: str(value) for name, value in values.items()}
            record.errors.append((match.reason.removeprefix("double_"), match.reason))
            return faulty_child(run, record)
        child = known.get(match.known_id or 0)
        row = ImportRow(
            run=run,
            number=record.number,
            kind=RowKind.NEW,
            code=values.get("key", "")[:20],
            label=label_of(values),
            cleaned=values,
            object_id=match.known_id,
        )
        if child is None:
            return row
        row.changes = changes_of(child, values, location)
        if match.verdict is Verdict.DOUBTFUL:
            row.kind, row.errors = RowKind.DOUBTFUL, [["", match.reason]]
            row.changes = side_by_side(child, row.label, values, row.changes)
        else:
            row.kind = RowKind.CHANGED if row.changes else RowKind.SAME
        return row

    def _gone(
        self,
        run: ImportRun,
        preview: Preview,
        here: Mapping[int, KnownPupil],
        spared: set[int],
        location: Location,
    ) -> None:
        """Pupils that the file does not name, whom no faulty row may mean either. Marked as left, never deleted."""
        doubted = named_by_faulty(preview.rows)
        gone = [
            child
            for child in here.values()
            if child.id not in spared and not ({child.key, child.eck_id, child.name} - {""}) & doubted
        ]
        settle = unsettled([child.id for child in gone])
        preview.rows += [gone_child(run, child, open_matters=child.id in settle) for child in gone]
        usual = usual_share(location.sector, today())
        preview.counts["many_gone"] = int(is_many_gone(len(gone), len(here), usual))
        preview.counts["unsettled"] = len(settle)
