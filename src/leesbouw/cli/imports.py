"""`leesbouw import`: a national register from a file, with the same checks, receipt and way back as in the browser."""

from __future__ import annotations

import argparse
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leesbouw.core.access import SYSTEM
from leesbouw.core.db import data_folder
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange import actions, engine, queries
from leesbouw.exchange.domain import childcare, reading, schools
from leesbouw.exchange.enums import ROW_REASONS as REASONS
from leesbouw.exchange.enums import Gone, Leavers, Reach, RowKind, column_label
from leesbouw.exchange.models import ImportRow, ImportRun
from leesbouw.organisations.models import Library
from leesbouw.organisations.queries import library_by_code
from leesbouw.ui.domain import parse_date

from . import show, stop

MANY_GONE = gettext_lazy(
    "Much more is gone in this file than is usual. Is it the right file? Then say --sure."
)
MOST_MISTAKES = 20  # told in words; --json gives them all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", required=True, metavar=_("WHAT"))
    for kind in engine.all_importers():
        sub = kinds.add_parser(kind.code, help=str(kind.label), description=str(kind.label))
        sub.add_argument("file", metavar=_("FILE"), help=str(kind.hint))
        sub.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
        if "sector" in kind.asks:
            sub.add_argument("--sector", choices=schools.SECTORS, help=_("where the file does not say it"))
        if "types" in kind.asks:
            sub.add_argument("--types", nargs="+", choices=childcare.TYPES, help=_("kinds of care"))
        if "year" in kind.asks:
            sub.add_argument(
                "--year", metavar=_("YEAR"), help=_("school year of the file, such as 2021-2022")
            )
        if "reach" in kind.asks:
            sub.add_argument("--province", metavar=_("PROVINCE"), help=_("only this province"))
        if "gone" in kind.asks:
            sub.add_argument(
                "--close-gone", metavar=_("DAY"), help=_("close what is not in the file, from this day")
            )
            sub.add_argument("--sure", action="store_true", help=_("also when that is more than a fifth"))
        if "location" in kind.asks:
            sub.add_argument("--school", metavar="CODE", required=True, help=_("the school, such as 12AB00"))
        if "library" in kind.asks:
            sub.add_argument("--library", metavar="CODE", required=True, help=_("the library"))
        if "leavers" in kind.asks:
            sub.add_argument(
                "--keep-leavers", action="store_true", help=_("leave who is not in the file as a pupil")
            )
            sub.add_argument("--new-system", action="store_true", help=_("all numbers are new"))
            sub.add_argument("--merged", nargs="+", metavar="CODE", help=_("closed schools that went along"))
            sub.add_argument("--sure", action="store_true", help=_("also when more has left than is usual"))
        show.add_json(sub)
    listing = kinds.add_parser("list", help=_("imports that were done from the shell"))
    show.add_json(listing)
    undo = kinds.add_parser("undo", help=_("take an import back, within fourteen days"))
    undo.add_argument("run", type=int, metavar=_("NUMBER"), help=_("see: leesbouw import list"))
    show.add_json(undo)


def run(options: argparse.Namespace) -> int:
    match options.what:
        case "list":
            return _list(options)
        case "undo":
            return _undo(options)
    return _import(options)


def _import(options: argparse.Namespace) -> int:
    kind = engine.importer(options.what)
    with _alone():
        run = actions.begin_run(
            content=_bytes(options.file),
            file_name=Path(options.file).name,
            importer_code=kind.code,
            by=SYSTEM,
            options=_wishes(options),
        )
        try:
            if absent := kind.missing(run.mapping):
                stop(_("The file lacks: %(names)s.") % {"names": ", ".join(map(column_label, absent))})
            actions.preview_run(run=run, by=SYSTEM, tell=show.bar(options, _("Check")))
        except BaseException:
            actions.fail_run(run)
            actions.discard_run(run=run, by=SYSTEM)
            raise
        told = {kind: list(_mistakes(run, kind)) for kind in (RowKind.FAULTY, RowKind.DOUBTFUL)}
        if options.dry_run:
            actions.discard_run(run=run, by=SYSTEM)
        else:
            _store(run, options)
    _tell(run, told[RowKind.FAULTY], told[RowKind.DOUBTFUL], options)
    return 0


def _store(run: ImportRun, options: argparse.Namespace) -> None:
    """Stores, without the rows that have a mistake, which are told; Ctrl-C takes back what was stored."""
    if actions.would_close_many(run) and not options.sure:
        actions.discard_run(run=run, by=SYSTEM)
        stop(str(MANY_GONE))
    actions.skip_faulty(run=run, by=SYSTEM)
    started = actions.start_run(run=run, by=SYSTEM, queue=False, sure=getattr(options, "sure", False))
    try:
        actions.apply_run(run=started, by=SYSTEM, tell=show.bar(options, _("Import")))
    except KeyboardInterrupt:
        actions.stop_and_take_back(run=started, by=SYSTEM)
        raise
    except BaseException:
        actions.fail_run(started)
        raise
    run.refresh_from_db()


def _bytes(name: str) -> bytes:
    try:
        if os.path.getsize(name) > reading.MOST_BYTES:
            stop(_("The file is larger than 64 MB. Bring a part of it, such as one province or one school."))
        return Path(name).read_bytes()
    except FileNotFoundError:
        stop(_("There is no file called %(name)s.") % {"name": name})
    except OSError:
        stop(_("The file %(name)s cannot be read.") % {"name": name})


def _wishes(options: argparse.Namespace) -> dict[str, Any]:
    """What was asked on the command line; the rest is what the file proposes, for the whole country."""
    wishes: dict[str, Any] = {"reach": Reach.ALL.value, "province": ""}
    if getattr(options, "sector", None):
        wishes["sector"] = options.sector
    if getattr(options, "types", None):
        wishes["types"] = options.types
    if getattr(options, "year", None):
        try:
            wishes["year"] = SchoolYear.parse(options.year).first
        except ValueError:
            stop(_("A school year is written like 2021-2022."))
    if getattr(options, "province", None):
        known = {name.lower(): name for name in queries.province_names()}
        if options.province.lower() not in known:
            stop(_("There is no province called %(name)s.") % {"name": options.province})
        wishes |= {"reach": Reach.PROVINCE.value, "province": known[options.province.lower()]}
    if getattr(options, "school", None):
        wishes |= _school_wishes(options)
    if getattr(options, "library", None):
        try:
            wishes["library"] = library_by_code(SYSTEM, options.library).pk
        except Library.DoesNotExist:
            stop(_("There is no library with the code %(code)s.") % {"code": options.library})
    if getattr(options, "close_gone", None):
        wishes |= {"gone": Gone.CLOSE.value, "closed_on": _day(options.close_gone).isoformat()}
    return wishes


def _school_wishes(options: argparse.Namespace) -> dict[str, Any]:
    place = queries.schools_to_bring_for(SYSTEM).filter(code=options.school.upper()).first()
    if place is None:
        stop(_("There is no school with the number %(code)s.") % {"code": options.school})
    return {
        "location": place.pk,
        "leavers": (Leavers.KEEP if options.keep_leavers else Leavers.LEFT).value,
        "new_system": options.new_system,
        "merged": [code.upper() for code in options.merged or ()],
    }


def _day(text: str) -> date:
    try:
        return parse_date(text, today())
    except ValueError:
        stop(_("A day is written like 31-7-2026."))


def _mistakes(run: ImportRun, kind: RowKind) -> Iterator[dict[str, Any]]:
    """Rows of this kind and what is the matter; what ends in a log of a machine names no child."""
    unnamed = engine.importer(run.importer).about_children
    for row in queries.rows_for(SYSTEM, run, kind):
        yield {
            "row": row.number,
            **({} if unnamed else {"name": row.label}),
            "mistakes": [_words(row, *error) for error in row.errors],
        }


def _words(row: ImportRow, column: str, reason: str) -> str:
    if reason == "sector":  # the page points at one of its steps
        return _(
            "The file does not say what kind of school this is. Say it with --sector, such as --sector po."
        )
    text = str(REASONS.get(reason, reason))
    return f"{column_label(column)}: {text}" if column else text


def _told(mistakes: list[dict[str, Any]]) -> list[str]:
    """A line for each kind of mistake, with the first row that has it and how many more do."""
    rows: dict[str, list[int]] = {}
    for mistake in mistakes:
        rows.setdefault(" ".join(mistake["mistakes"]), []).append(mistake["row"])
    lines = []
    for text, (first, *more) in list(rows.items())[:MOST_MISTAKES]:
        which = _("Row %(row)s: %(text)s") if not more else _("Row %(row)s and %(n)s more: %(text)s")
        lines.append(which % {"row": first, "n": len(more), "text": text})
    if len(rows) > MOST_MISTAKES:
        left = sum(map(len, list(rows.values())[MOST_MISTAKES:]))
        lines.append(_("… and %(n)s more") % {"n": left})
    return lines


def _tell(
    run: ImportRun,
    mistakes: list[dict[str, Any]],
    doubts: list[dict[str, Any]],
    options: argparse.Namespace,
) -> None:
    many_gone = actions.would_close_many(run)
    counts = {code: int(run.counts.get(code) or 0) for code in RowKind.values}
    data = {
        "run": None if options.dry_run else run.pk,
        "importer": run.importer,
        "dry_run": options.dry_run,
        "sha256": run.sha256,
        "read": run.counts.get("read", 0),
        "outside": run.counts.get("outside", 0),
        **counts,
        "mistakes": mistakes,
        "doubts": doubts,
        "many_gone": many_gone,
    }
    lines = [f"{counts[kind]:>8}  {RowKind(kind).label}" for kind in RowKind.values]
    lines += _told(mistakes)
    if doubts:
        lines += [_("Left out, because only somebody who knows them can judge; do that in the browser:")]
        lines += _told(doubts)
    if options.dry_run and many_gone:
        lines.append(str(MANY_GONE))
    if options.dry_run:
        lines.append(_("This was only a check. Nothing was stored."))
    else:
        lines.append(_("Stored. Undo within fourteen days: leesbouw import undo %(run)s") % {"run": run.pk})
    show.result(options, data, "\n".join(lines))


def _list(options: argparse.Namespace) -> int:
    rows = [
        {
            "run": run.pk,
            "importer": run.importer,
            "file": run.file_name,
            "state": run.state,
            "created_at": run.created_at,
            "undo_until": run.expires_at if run.can_be_undone else None,
        }
        for run in queries.shell_runs()
    ]
    lines = [f"{row['run']:>6}  {row['importer']:14} {row['state']:10} {row['file']}" for row in rows]
    show.result(options, {"runs": rows}, "\n".join(lines) or _("Nothing has been imported yet."))
    return 0


def _undo(options: argparse.Namespace) -> int:
    with _alone():
        run = queries.shell_runs().filter(pk=options.run).first()
        if run is None:
            stop(_("There is no import with this number. See: leesbouw import list"))
        begun = actions.start_undo(run=run, by=SYSTEM, queue=False)
        try:
            done = actions.undo_run(run=begun, by=SYSTEM, tell=show.bar(options, _("Undo")))
        except BaseException:
            actions.fail_run(begun)
            raise
    blocked = int(done.counts.get("blocked") or 0)
    text = _("The import is undone.")
    if blocked:
        text += " " + _("%(n)s rows stayed, because somebody changed or uses them.") % {"n": blocked}
    show.result(options, {"run": done.pk, "blocked": blocked}, text)
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """One import from the shell at a time; a run whose command was killed no longer holds the others up."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "import.lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stop(_("Another import from the shell is busy. Wait until it is done."))
        actions.free_stuck_runs(unit_id=0, by=SYSTEM, without_job=True)
        yield
