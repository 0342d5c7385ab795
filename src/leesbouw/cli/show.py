"""How commands show progress and results: a bar on the terminal, or one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from tqdm import tqdm

from . import gettext as _


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("answer with one line of JSON"))


def result(options: argparse.Namespace, data: dict[str, Any], text: str) -> None:
    """Prints the outcome: as JSON when asked for, else as a sentence."""
    print(json.dumps(data, default=str, ensure_ascii=False) if options.json else text)


def bar(options: argparse.Namespace, label: str) -> Callable[[int, int], None]:
    """A function (done, total) that moves a progress bar on standard error; silent with --json or without a terminal."""
    quiet = getattr(options, "json", False) or not sys.stderr.isatty()
    progress = tqdm(desc=label, disable=quiet, leave=False, unit="")

    def tell(done: int, total: int) -> None:
        progress.total = total
        progress.n = done
        progress.refresh()
        if done >= total:
            progress.close()

    return tell
