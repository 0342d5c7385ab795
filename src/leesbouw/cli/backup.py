"""`leesbouw backup`: everything in one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.formats import number_format

from leesbouw.core import backup

from . import gettext as _
from . import show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar=_("FILE"),
        nargs="?",
        type=Path,
        help=_("where to write it; by default in the data folder"),
    )
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    path = backup.make(options.file, tell=show.bar(options, _("Backup")))
    manifest = backup.check(path)
    size = path.stat().st_size
    data = {"file": str(path), "bytes": size, "parts": len(manifest.parts)}
    megabytes = number_format(size / 1e6, 1)
    show.result(options, data, _("Backup written and read back: %s (%s MB)") % (path, megabytes))
    return 0
