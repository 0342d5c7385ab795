"""`leesbouw monitor`: the lists of the Monitor, a version of one's own, what differs, and the codebook."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.exchange.domain.decoding import decode
from leesbouw.exchange.domain.limits import Unreadable
from leesbouw.indicators.domain.tabulate import (
    AnswerRow,
    MeanRow,
    Question,
    TableError,
    columns_of,
    tabulate,
)
from leesbouw.monitor import actions, queries
from leesbouw.monitor.domain.codebook import Column as CodebookColumn
from leesbouw.monitor.domain.codebook import codebook
from leesbouw.monitor.domain.versions import Change, difference
from leesbouw.monitor.models import Participation
from leesbouw.monitor.queries import Questionnaire
from leesbouw.rendering.sheets import Column, Kind, Sheet, to_csv

from . import gettext as _
from . import monitor_results, show, stop

MOST_BYTES = 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    a_list = _("such as po-pupil for the newest version, or po-pupil@1")
    show.add_json(what.add_parser("lists", help=_("every list of the Monitor, in every version")))
    add = what.add_parser("add-list", help=_("add a version of a list, for rounds that open from now on"))
    add.add_argument("code", metavar="CODE", help=_("which list, such as po-pupil"))
    add.add_argument("file", metavar=_("FILE"), help=_("the list as a TOML file"))
    show.add_json(add)
    compare = what.add_parser("compare-lists", help=_("what differs between two versions of a list"))
    compare.add_argument("before", metavar=_("CODE@VERSION"))
    compare.add_argument("after", metavar=_("CODE@VERSION"))
    show.add_json(compare)
    codebook = what.add_parser(
        "codebook", help=_("the columns of a list and what their numbers mean, as CSV")
    )
    codebook.add_argument("list", metavar="CODE", help=a_list)
    export = what.add_parser(
        "export", help=_("the answers to a list as CSV, without names of schools and groups")
    )
    export.add_argument("list", metavar="CODE", help=a_list)
    export.add_argument("--sav", default="", metavar=_("FILE"), help=_("as a file of SPSS, with this name"))
    table = what.add_parser("tabulate", help=_("shares, means and intervals of a table of answers, as CSV"))
    table.add_argument(
        "file", metavar=_("FILE"), help=_("a CSV with a head line; separator and signs are found out")
    )
    table.add_argument("--questionnaire", required=True, metavar="CODE", help=a_list)
    table.add_argument(
        "--by", default="", metavar=_("COLUMN"), help=_("a table for each value of this column")
    )
    table.add_argument("--weight", default="", metavar=_("COLUMN"), help=_("how much each row counts"))
    report = what.add_parser("report", help=_("the report of a school in a round, as a file"))
    report.add_argument("--school", required=True, metavar="CODE", help=_("such as 06AB00"))
    report.add_argument("--round", required=True, metavar="CODE", help=_("kind and year: po-2026-2027"))
    report.add_argument("--out", metavar=_("FILE"), help=_("where it goes; else a name is made here"))
    kinds = report.add_mutually_exclusive_group(required=True)
    for code in queries.FILES:
        kinds.add_argument(f"--{code}", action="store_const", const=code, dest="format")
    show.add_json(report)
    monitor_results.add_arguments(what)


def run(options: argparse.Namespace) -> int:
    commands = {
        "lists": _lists,
        "add-list": _add,
        "compare-lists": _compare,
        "codebook": _codebook,
        "export": _export,
        "tabulate": _tabulate,
        "report": _report,
        "import": monitor_results.bring_in,
        "remove-results": monitor_results.take_away,
    }
    return commands[options.what](options)


def _lists(options: argparse.Namespace) -> int:
    found = [one for code in queries.questionnaires() for one in queries.versions_of(code)]
    rows = [
        {"list": one.key, "title": one.title, "items": len(one.body.items), "status": one.status}
        for one in found
    ]
    lines = [f"{row['list']:28} {row['status']:10} {row['items']:>3}  {row['title']}" for row in rows]
    show.result(options, {"lists": rows}, "\n".join(lines))
    return 0


def _add(options: argparse.Namespace) -> int:
    added = actions.add_questionnaire(
        code=options.code, raw=_bytes(options.file), origin=Path(options.file).name[:120], by=SYSTEM
    )
    text = _("The list is there as %(list)s. Rounds that open from now on use it.")
    show.result(options, {"list": added.key}, text % {"list": added.key})
    return 0


def _bytes(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        stop(_("The file %(name)s cannot be read.") % {"name": name})
    if len(raw) > MOST_BYTES:
        stop(_("The file is larger than a list can be."))
    return raw


def _compare(options: argparse.Namespace) -> int:
    words = {
        Change.ADDED: _("new"),
        Change.GONE: _("gone"),
        Change.REWORDED: _("other words"),
        Change.ANSWERS: _("other answers"),
        Change.ASKED: _("asked of others"),
        Change.MOVED: _("in another place"),
    }
    rows = [
        {
            "item": one.code,
            "changes": [change.value for change in one.changes],
            "breaks_series": one.breaks_series,
            "before": one.before.text if one.before else None,
            "after": one.after.text if one.after else None,
            "words": ", ".join(words[change] for change in one.changes),
        }
        for one in difference(_list(options.before).body, _list(options.after).body)
    ]
    lines = [f"{row['item']:8} {row['words']}{_breaks(bool(row['breaks_series']))}" for row in rows]
    show.result(options, {"changes": rows}, "\n".join(lines) or _("Nothing differs."))
    return 0


def _breaks(is_so: bool) -> str:
    return _(" (its figures begin anew)") if is_so else ""


def _codebook(options: argparse.Namespace) -> int:
    columns = [
        _("column"),
        _("topic"),
        _("question"),
        _("numbers"),
        _("who counts"),
        _("status"),
        _("official code"),
    ]
    rows = (
        (
            row.column,
            row.topic,
            row.text,
            " | ".join(f"{value} = {label}" for value, label in row.values),
            row.base,
            row.status,
            row.official_code,
        )
        for row in queries.codebook_rows(_list(options.list))
    )
    for chunk in to_csv(Sheet("codebook", [Column(title) for title in columns], rows)):
        sys.stdout.buffer.write(chunk)
    return 0


def _export(options: argparse.Namespace) -> int:
    if options.sav:
        content = actions.answers_sav(questionnaire=_list(options.list), by=SYSTEM)
        _write(Path(options.sav), content)
        print(_("The answers are in %(name)s.") % {"name": options.sav})
        return 0
    for chunk in actions.answers_csv(questionnaire=_list(options.list), by=SYSTEM):
        sys.stdout.buffer.write(chunk)
    return 0


def _tabulate(options: argparse.Namespace) -> int:
    """Of any file that the asker has; nothing in it is hidden, because it is hers."""
    questionnaire = _list(options.questionnaire)
    with tempfile.TemporaryDirectory() as folder:
        source = _in_utf8(Path(options.file), Path(folder))
        try:
            questions = _questions(questionnaire, columns_of(source))
            rows = tabulate(source, questions, by=options.by, weight=options.weight)
        except TableError as error:
            what = Path(options.file).name if str(error) == source.name else error
            stop(_("This table cannot be made. Look at: %(what)s.") % {"what": what})
    if not rows:
        stop(_("This file holds no answer to a question of that list."))
    heads = [
        (_("column"), Kind.TEXT),
        (options.by or _("part"), Kind.TEXT),
        (_("answer"), Kind.TEXT),
        (_("persons"), Kind.NUMBER),
        (_("base"), Kind.NUMBER),
        (_("share or mean"), Kind.NUMBER),
        (_("at least"), Kind.NUMBER),
        (_("at most"), Kind.NUMBER),
        (_("left out"), Kind.NUMBER),
    ]
    lines = (_table_line(row) for row in rows)
    for chunk in to_csv(Sheet("table", [Column(title, kind) for title, kind in heads], lines)):
        sys.stdout.buffer.write(chunk)
    return 0


def _in_utf8(source: Path, folder: Path) -> Path:
    """A copy under a name without stars and brackets, which would stand for other files; Parquet stays as it is."""
    if source.suffix == ".parquet":
        return source
    try:
        text, _encoding = decode(source.read_bytes())
    except OSError:
        stop(_("The file %(name)s cannot be read.") % {"name": source.name})
    except Unreadable:
        stop(_("The file %(name)s is no CSV.") % {"name": source.name})
    if not text.strip():
        stop(_("The file %(name)s is empty.") % {"name": source.name})
    copy = folder / "answers.csv"
    copy.write_text(text, encoding="utf-8", newline="")
    return copy


def _table_line(row: AnswerRow | MeanRow) -> tuple[object, ...]:
    figure = row.share if isinstance(row, AnswerRow) else row.mean
    answer = row.answer if isinstance(row, AnswerRow) else ""
    value, interval = figure.value, figure.interval
    ends = (interval.low, interval.high) if interval else (None, None)
    rounded = tuple(None if one is None else round(one, 4) for one in (value, *ends))
    return (row.question, row.part, answer, row.persons, round(row.base, 4), *rounded, row.left_out)


def _questions(questionnaire: Questionnaire, columns: Collection[str]) -> list[Question]:
    """The columns of the file that are questions of the list, with which answers count."""
    found = [
        Question(column.name, _counting(column), mean=column.item.kind in ("number", "hours", "grade"))
        for column in codebook(questionnaire.body)
        if column.name in columns
    ]
    return found or stop(_("No column of this file is a question of that list."))


def _counting(column: CodebookColumn) -> list[str] | None:
    if column.option:
        return ["0", "1"]
    return [str(option.value) for option in column.values] or None


def _report(options: argparse.Namespace) -> int:
    """What the library itself sees: what is hidden on the page is hidden here."""
    kind, _dash, year = options.round.partition("-")
    try:
        row = queries.participation_in(
            SYSTEM, location=options.school, kind=kind, year=SchoolYear.parse(year)
        )
    except (ValueError, Participation.DoesNotExist):
        stop(_("There is no school %(school)s in a round %(round)s.") % vars(options))
    if row.closed_on is None:
        stop(_("There is no report before the school is closed."))
    content, name = queries.report_file(SYSTEM, row, options.format)
    path = Path(options.out or name)
    _write(path, content)
    show.result(options, {"file": str(path)}, _("The report is in %(name)s.") % {"name": str(path)})
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        stop(_("The file %(name)s cannot be written.") % {"name": str(path)})


def _list(key: str) -> Questionnaire:
    """In the version that is named, else in the newest."""
    try:
        return queries.questionnaire(key) if "@" in key else queries.questionnaires()[key]
    except LookupError:
        stop(_("There is no list %(list)s. See: leesbouw monitor lists") % {"list": key})
