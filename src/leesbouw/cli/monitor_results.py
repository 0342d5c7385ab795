"""`leesbouw monitor import` and `remove-results`: an earlier measurement from a file, looked at first."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.exchange.domain.limits import Unreadable
from leesbouw.exchange.domain.results import answers_in, codes_in
from leesbouw.exchange.enums import FILE_REASONS
from leesbouw.monitor import actions, queries
from leesbouw.monitor.domain.results import Codes, Results, read_results
from leesbouw.monitor.models import Participation
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import location_by_code

from . import gettext as _
from . import show, stop

MOST_TOLD = 20  # faults in words; --json gives them all
T = TypeVar("T")


def add_arguments(what: Any) -> None:
    bring = what.add_parser(
        "import", help=_("results of an earlier measurement of one school, from CSV or JSON")
    )
    bring.add_argument("file", metavar=_("FILE"), help=_("a row for each list, a column for each question"))
    bring.add_argument("--school", required=True, metavar="CODE", help=_("such as 06AB00"))
    bring.add_argument("--year", required=True, metavar=_("YEAR"), help=_("school year, such as 2021-2022"))
    bring.add_argument(
        "--list", required=True, metavar=_("CODE@VERSION"), help=_("what was asked: po-pupil@1")
    )
    bring.add_argument(
        "--codes", metavar=_("FILE"), help=_("CSV: their column, our column, their value, our value")
    )
    bring.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    show.add_json(bring)
    away = what.add_parser(
        "remove-results", help=_("take results away that came from a file, with their figures")
    )
    away.add_argument("--school", required=True, metavar="CODE", help=_("such as 06AB00"))
    away.add_argument("--round", required=True, metavar="CODE", help=_("kind and year: po-2021-2022"))
    show.add_json(away)


def bring_in(options: argparse.Namespace) -> int:
    try:
        asked = queries.questionnaire(options.list)
        year = SchoolYear.parse(options.year)
        school = location_by_code(SYSTEM, options.school.upper())
    except LookupError:
        stop(_("There is no list %(list)s. See: leesbouw monitor lists") % {"list": options.list})
    except ValueError:
        stop(_("%(year)s is no school year.") % {"year": options.year})
    except Location.DoesNotExist:
        stop(_("There is no school %(school)s.") % {"school": options.school})
    headers, rows = _read(answers_in, _bytes(options.file), options.file)
    codes = _read(codes_in, _bytes(options.codes)) if options.codes else Codes()
    found = read_results(asked.body, headers, rows, codes, asked.body.variant_for(school.sector))
    act = actions.try_results if options.dry_run else actions.import_results
    act(location=school, year=year, questionnaire=asked, results=found, by=SYSTEM)
    _tell(options, found)
    return 0


def take_away(options: argparse.Namespace) -> int:
    kind, _dash, year = options.round.partition("-")
    try:
        row = queries.participation_in(
            SYSTEM, location=options.school.upper(), kind=kind, year=SchoolYear.parse(year)
        )
    except (ValueError, Participation.DoesNotExist):
        stop(_("There is no school %(school)s in a round %(round)s.") % vars(options))
    count = actions.remove_results(participation=row, by=SYSTEM)
    text = _("Taken away: %(number)s lists. The worker makes the figures of the levels anew.")
    show.result(options, {"lists": count}, text % {"number": count})
    return 0


def _tell(options: argparse.Namespace, found: Results) -> None:
    about = {
        "lists": len(found.lists),
        "columns": list(found.columns),
        "thrown_away": list(found.thrown_away),
        "rows_without_answer": found.empty,
        "faults": [{"row": one.row, "column": one.column, "value": one.value} for one in found.faults],
        "stored": not options.dry_run,
    }
    lines = [
        _("%(number)s lists, %(columns)s columns.")
        % {"number": len(found.lists), "columns": len(found.columns)}
    ]
    if found.thrown_away:
        lines.append(_("Thrown away: %(columns)s.") % {"columns": ", ".join(found.thrown_away)})
    if found.empty:
        lines.append(_("Rows without an answer: %(number)s.") % {"number": found.empty})
    lines += [
        _("Row %(row)s, %(column)s: “%(value)s” is no answer.")
        % {"row": one.row, "column": one.column, "value": one.value}
        for one in found.faults[:MOST_TOLD]
    ]
    if len(found.faults) > MOST_TOLD:
        lines.append(_("And %(number)s more.") % {"number": len(found.faults) - MOST_TOLD})
    lines.append(
        _("Nothing was stored.") if options.dry_run else _("Stored. The worker works the figures out.")
    )
    show.result(options, about, "\n".join(lines))


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError:
        stop(_("The file %(name)s cannot be read.") % {"name": name})


def _read(read: Callable[..., T], *parts: Any) -> T:
    """What a file holds; stops with the reason why it cannot be read."""
    try:
        return read(*parts)
    except Unreadable as error:
        stop(str(FILE_REASONS[error.code]) % error.values)
