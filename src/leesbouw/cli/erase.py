"""`leesbouw erase`: wipes one pupil everywhere, for certain, because a parent or the child asked for it."""

from __future__ import annotations

import argparse

from leesbouw.core.access import SYSTEM
from leesbouw.exchange.queries import schools_to_bring_for
from leesbouw.pupils import actions, queries

from . import gettext as _
from . import show, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--school", metavar="CODE", required=True, help=_("the school, such as 12AB00"))
    parser.add_argument(
        "--key",
        metavar=_("KEY"),
        required=True,
        help=_("the pupil's number in the school's administration, or the ECK iD"),
    )
    parser.add_argument("--yes", action="store_true", help=_("really erase; without it nothing happens"))
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    place = schools_to_bring_for(SYSTEM).filter(code=options.school.upper()).first()
    if place is None:
        stop(_("There is no school with the number %(code)s.") % {"code": options.school})
    found = queries.pupils_with_key(SYSTEM, place, options.key)
    if not found:
        stop(_("No pupil of this school has that number."))
    if options.yes:
        for pupil in found:
            actions.erase_on_request(pupil=pupil, by=SYSTEM)
        text = _("Erased, everywhere. The next file does not bring this child back.")
    else:
        text = _("Found: %(number)s. Erase with --yes; there is no way back.") % {"number": len(found)}
    show.result(options, {"found": len(found), "erased": len(found) if options.yes else 0}, text)
    return 0
