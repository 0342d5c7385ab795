"""Reads the command line and hands over to the module of the command. Modules are loaded only when asked for."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from . import arguments as words
from . import gettext as _
from . import prepare, stop

# command → module, one-line help; a module has HELP, add_arguments(parser) and run(options) -> int | None
COMMANDS = {
    "run": ("run", _("serve Leesbouw: web server and worker together")),
    "worker": ("worker", _("do the work in the background, without a web server")),
    "demo": ("demo", _("fill an empty database with the demo province")),
    "import": ("imports", _("read a national register, or the pupils of a school, from a file")),
    "export": ("books", _("write the books of a library to a file")),
    "search": ("books", _("find a book, in spite of spelling mistakes")),
    "monitor": ("monitor", _("lists of the Monitor, their versions and codebooks")),
    "erase": ("erase", _("wipe one pupil everywhere")),
    "users": ("users", _("who has an account, and a link for whoever is locked out")),
    "check": ("check", _("look whether this installation is in order")),
    "retention": ("retention", _("wipe what is over its term, or say what would go")),
    "backup": ("backup", _("write everything to one file")),
    "restore": ("restore", _("put a backup back")),
}
WITHOUT_DJANGO = {"run"}


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in arguments if not word.startswith("-")), "")
    words.speak_dutch()
    parser = argparse.ArgumentParser(
        prog="leesbouw", description=_("Leesbouw: de Bibliotheek op school in one place.")
    )
    parser.add_argument(
        "--version", action="version", version=_version(), help=_("say which version this is")
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    if command in COMMANDS and command not in WITHOUT_DJANGO:
        _set_up_django()
    for name, (module, text) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=text, description=text)
        if name == command:
            loaded = importlib.import_module(f"leesbouw.cli.{module}")
            loaded.add_arguments(subparser)
            subparser.set_defaults(handler=loaded.run)
    options = parser.parse_args(arguments)
    return _carry_out(options)


def _carry_out(options: argparse.Namespace) -> int:
    try:
        return options.handler(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except SystemExit:
        raise
    except Exception as error:
        from django.db import OperationalError, ProgrammingError

        from leesbouw.core.errors import Sentence

        if isinstance(error, Sentence):
            stop(str(error))
        if os.environ.get("LEESBOUW_DEBUG") == "yes":
            raise
        if prepare.is_behind():
            stop(
                _("Leesbouw is newer than this database. Start it once with `leesbouw run`, then try again.")
            )
        if isinstance(error, OperationalError | ProgrammingError):
            stop(prepare.words_for(error))
        stop(_("This did not work (%s). With LEESBOUW_DEBUG=yes you see where.") % type(error).__name__)


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leesbouw.config.settings")
    import django
    from django.utils import translation

    addresses = (os.environ.get(name, "").strip() for name in ("LEESBOUW_URL", "DATABASE_URL"))
    prepare.addresses_are_sound(*addresses)
    try:
        django.setup()
    except OSError as error:  # the secret key could not be kept
        stop(_("I may not write in %s. Choose another folder with LEESBOUW_DATA.") % error.filename)
    translation.activate("nl")


def _version() -> str:
    from leesbouw import __version__

    return f"leesbouw {__version__}"


if __name__ == "__main__":
    sys.exit(main())
