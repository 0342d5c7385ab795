"""The `leesbouw` command: everything that is done from the shell.

This package says its sentences without loading Django, so that what goes wrong before that is told as well.
"""

from __future__ import annotations

import gettext as catalogue
import sys
from functools import cache
from pathlib import Path
from typing import NoReturn

LANGUAGE = "nl"


@cache
def _catalogue() -> catalogue.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return catalogue.translation("django", folder, languages=[LANGUAGE], fallback=True)


def gettext(text: str) -> str:
    """The Dutch of a sentence in this package's own catalogue; English when that was not compiled."""
    return _catalogue().gettext(text)


class Stop(SystemExit):
    """Ends the command with one sentence on standard error and exit code 1."""

    def __init__(self, sentence: str) -> None:
        super().__init__(1)
        self.sentence = sentence


def stop(sentence: str) -> NoReturn:
    """Says what is missing and leaves, without a traceback."""
    print(sentence, file=sys.stderr, flush=True)
    raise Stop(sentence)
