"""Two lists of one school, brought by its reading coordinator: one that is in and can be undone, and today's, which
waits because of rows that only she can judge."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from leesbouw.accounts.demo import actor_of
from leesbouw.core.access import Actor
from leesbouw.core.story import YEARS, Story
from leesbouw.pupils.demo.cohorts import Made

from ..actions import begin_run, preview_run
from ..models import ImportRun
from .storing import store

BY, SCHOOL = "joke.hendriks@voorbeeld.example", "99AA00"
HEADERS = ("Leerlingnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Groep", "Jaargroep", "ECK iD")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the school's list."""

    key: str
    first_name: str
    infix: str
    last_name: str
    group: str
    year_group: str
    eck_id: str = ""


def bring_pupil_lists(story: Story) -> None:
    by = actor_of(story, BY, "reading-coordinator")
    lines = lines_of(story.made["pupils"][SCHOOL].values())
    earlier = after_the_holiday(lines)
    store(_checked(earlier, "leerlingen na de vakantie.csv", by), by)
    _checked(with_questions(earlier), "leerlingen vandaag.csv", by)


def lines_of(children: Iterable[Made]) -> list[Line]:
    """What the school's list says of the children who are there."""
    lines = []
    for child in children:
        if not child.days_gone:
            place = child.places[YEARS[-1]]
            names = (child.first_name, child.infix, child.last_name)
            lines.append(Line(child.key, *names, place.group, str(place.year_group), child.eck_id))
    return lines


def after_the_holiday(lines: list[Line]) -> list[Line]:
    """Two newcomers, one child in the other group of its year, and one name that is spelt better."""
    last = int(lines[-1].key)
    moved = next(at for at, line in enumerate(lines) if line.group == "1/2a" and line.year_group == "2")
    better = next(at for at, line in enumerate(lines) if line.year_group == "6" and len(line.first_name) > 3)
    changed = list(lines)
    changed[moved] = replace(lines[moved], group="1/2b")
    changed[better] = replace(lines[better], first_name=lines[better].first_name + "-Lou")
    return [
        *changed,
        Line(f"{last + 501:06d}", "Oleksandra", "", "Tkachenko", "5", "5"),
        Line(f"{last + 502:06d}", "Jorrit", "van der", "Steeg", "3", "3"),
    ]


def with_questions(lines: list[Line]) -> list[Line]:
    """What a real list brings: a number without its zeros, a number that another child has now, a child under
    another number, one number twice, a year that there is not, two who are gone and two who are new."""
    older = [line for line in lines if line.year_group in {"7", "8"}]
    zeros, given_away, renumbered, double, odd, *gone = older[1::4][:7]
    last = int(lines[-1].key)
    changes = {
        zeros.key: [replace(zeros, key=zeros.key.lstrip("0"), eck_id="")],
        given_away.key: [replace(given_away, first_name="Elijah", infix="", last_name="Owusu", eck_id="")],
        renumbered.key: [replace(renumbered, key=f"{last + 40:06d}", eck_id="")],
        double.key: [double, replace(double, first_name="Kiki", last_name="Verhoeven", eck_id="")],
        odd.key: [replace(odd, year_group="11")],
        **{line.key: [] for line in gone},
    }
    kept = [row for line in lines for row in changes.get(line.key, [line])]
    return [
        *kept,
        Line(f"{last + 41:06d}", "Loua", "", "Benchekroun", "1/2a", "1"),
        Line(f"{last + 42:06d}", "Tobias", "de", "Ruijter", "4", "4"),
    ]


def _checked(lines: list[Line], file_name: str, by: Actor) -> ImportRun:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for line in lines:
        names = (line.first_name, line.infix, line.last_name)
        writer.writerow([line.key, *names, line.group, line.year_group, line.eck_id])
    content = text.getvalue().encode("utf-8")
    run = begin_run(content=content, file_name=file_name, importer_code="pupils", by=by)
    return preview_run(run=run, by=by)
