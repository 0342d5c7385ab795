"""What argparse itself says, in Dutch: it asks the default domain of `gettext`, and that becomes our own catalogue."""

from __future__ import annotations

import gettext as catalogue
import os
from pathlib import Path

from . import LANGUAGE


def speak_dutch() -> None:
    """From here on argparse finds its words in this package's catalogue."""
    catalogue.bindtextdomain("django", str(Path(__file__).parent / "locale"))
    catalogue.textdomain("django")
    os.environ.update(LANGUAGE=LANGUAGE)  # the only way in which the default domain takes a language


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogue."""
    return text


# argparse asks for these by itself; they stand here to be collected
WORDS = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("one of the arguments %s is required"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("not allowed with argument %s"),
    gettext_noop("ignored explicit argument %r"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at least one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
)
