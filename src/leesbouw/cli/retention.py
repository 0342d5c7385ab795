"""`leesbouw retention`: wipes what is over its term, or says what would go; changes a term."""

from __future__ import annotations

import argparse

from leesbouw.core.access import SYSTEM
from leesbouw.privacy import actions
from leesbouw.privacy.enums import Occasion
from leesbouw.privacy.queries.calendar import calendar
from leesbouw.privacy.queries.terms import term_bodies, term_in_force

from . import gettext as _
from . import show, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would go"))
    parser.add_argument(
        "--set", nargs=2, metavar=(_("TERM"), _("DAYS")), help=_("change how long something is kept")
    )
    parser.add_argument(
        "--why", metavar=_("WHY"), default="", help=_("with --set: the reason, kept beside the term")
    )
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    if options.set:
        return _change(options)
    if options.dry_run:
        return _say(options)
    started = actions.begin(occasion=Occasion.SHELL, by=SYSTEM)
    done = actions.carry_out(run=started, by=SYSTEM, tell=show.bar(options, _("Wiping")))
    counts = {row.holder: row.erased for row in done.counts.all()}
    data = {"dry_run": False, "run": done.code, "sha256": done.sha256, "erased": counts}
    total = sum(number or 0 for number in counts.values())
    show.result(
        options, data, _("Wiped: %(number)s. Proof: run %(run)s.") % {"number": total, "run": done.code}
    )
    return 0


def _say(options: argparse.Namespace) -> int:
    lines = calendar()
    data = {
        "dry_run": True,
        "due": {line.code: line.due for line in lines},
        "terms": {line.term.code: line.term.days for line in lines},
    }
    text = "\n".join(f"{line.due:>8}  {line.holder.label} ({line.term.words})" for line in lines)
    show.result(options, data, text)
    return 0


def _change(options: argparse.Namespace) -> int:
    code, days = options.set
    if code not in term_bodies():
        stop(
            _("There is no term called %(name)s. Choose from: %(names)s.")
            % {"name": code, "names": ", ".join(term_bodies())}
        )
    if not days.isdecimal():
        stop(_("A term is a number of days."))
    actions.change_term(code=code, days=int(days), why=options.why, by=SYSTEM)
    term = term_in_force(code)
    show.result(options, {"term": code, "days": term.days}, f"{term.body.label}: {term.words}")
    return 0
