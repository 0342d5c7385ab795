"""`leesbouw check`: looks whether this installation is in order; changes nothing."""

from __future__ import annotations

import argparse

from django.core import checks

from leesbouw.core import content, health
from leesbouw.core.health import Condition

from . import gettext as _
from . import prepare, show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    prepare.upgrade_is_known()
    files = sum(1 for _file in content.shipped())
    problems = [str(problem) for problem in checks.run_checks() if problem.is_serious()]
    report = health.report()
    failed = [line for line in report if line.condition == Condition.FAILED]
    data = {
        "content_files": files,
        "problems": problems,
        "health": [{"what": str(h.label), "state": h.condition, "sentence": str(h.sentence)} for h in report],
    }
    text = "\n".join(
        [
            *(f"{h.condition.label:10} {h.label}: {h.sentence}" for h in report),
            *problems,
            _("%s content files are valid.") % files,
        ]
    )
    show.result(options, data, text)
    return 1 if failed or problems else 0
