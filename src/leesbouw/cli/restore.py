"""`leesbouw restore FILE`: puts a backup back, after reading it through."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime

from leesbouw.core import backup, erasures
from leesbouw.core.access import SYSTEM
from leesbouw.core.db import data_folder

from . import gettext as _
from . import prepare, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), type=Path)
    parser.add_argument("--replace", action="store_true", help=_("put it in the place of what is there"))
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    prepare.folder_is_usable(data_folder())
    prepare.hold_alone(data_folder())
    manifest = backup.restore(options.file, replace=options.replace, tell=show.bar(options, _("Restore")))
    prepare.bring_up_to_date()
    again = erasures.sync(by=SYSTEM)
    data = {
        "made_at": manifest.made_at,
        "version": manifest.version,
        "parts": len(manifest.parts),
        "erased_again": again,
    }
    made_at = localtime(datetime.fromisoformat(manifest.made_at))
    text = _("The backup of %s is back in place.") % f"{made_at:%d-%m-%Y %H:%M}"
    if again:
        text += " " + _("Erased since then, and erased again: %s.") % again
    show.result(options, data, text)
    return 0
