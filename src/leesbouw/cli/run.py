"""`leesbouw run`: looks whether all is in order, prepares what is not, and becomes the supervisor."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from leesbouw.core.memory import hold

from . import gettext as _
from . import prepare, stop, web

HELP = _("serve Leesbouw: web server and worker together, until Ctrl-C")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar=_("HOST"), default=os.environ.get("LEESBOUW_HOST") or "127.0.0.1")
    parser.add_argument("--port", metavar=_("PORT"), default=os.environ.get("PORT") or "8000")
    parser.add_argument(
        "--demo-if-empty", action="store_true", help=_("fill an empty database with the demo province first")
    )


def run(options: argparse.Namespace) -> NoReturn:
    """Never returns when all is well: this process becomes the supervisor, which loads no Django."""
    database_url = os.environ.get("DATABASE_URL", "").strip()
    prepare.addresses_are_sound(os.environ.get("LEESBOUW_URL", "").strip(), database_url)
    port = prepare.port_number(options.port)
    os.environ["PORT"] = str(port)  # settings make the address of it
    folder = Path(os.environ.get("LEESBOUW_DATA") or default_folder()).resolve()
    prepare.folder_is_usable(folder)
    prepare.port_is_free(options.host, port)
    held = [] if database_url else [prepare.hold_alone(folder)]

    hold()
    note, is_filled = get_ready(demo_if_empty=options.demo_if_empty)
    from django.conf import settings

    arguments = ["--host", options.host, "--port", str(port), "--url", settings.LEESBOUW_URL, "--note", note]
    if is_filled:
        arguments += ["--web", str(web.copy(options.host, port, letting_go=held))]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "leesbouw.cli.supervise", *arguments])  # noqa: S606 -- our own program


def default_folder() -> Path:
    return Path(__file__).resolve().parents[3] / "data"


def get_ready(*, demo_if_empty: bool) -> tuple[str, bool]:
    """Brings database, content and static files up to date.

    Returns the line that is told once all runs, and whether the database was filled before: then this process
    remembers nothing that has changed since, and the web server may go on from it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leesbouw.config.settings")
    import django

    django.setup()
    prepare.upgrade_is_known()
    prepare.bring_up_to_date()
    prepare.erase_again()
    prepare.collect_static()
    if not prepare.is_empty():
        return "", True
    if demo_if_empty:
        load_demo()
        return "", False
    return _("This installation is still empty. Make its library here, once: %s") % setup_link(), False


def load_demo() -> None:
    print(_("Filling the empty database with the demo province…"), flush=True)
    from .main import main

    code = main(["demo", "--size", "small"])
    if code:
        stop(_("The demo could not be loaded; the lines above say why."))


def setup_link() -> str:
    """The address, valid once, at which the first library and its administrator are made."""
    from leesbouw.accounts import setup

    return setup.setup_link() or ""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    parser = argparse.ArgumentParser(prog="leesbouw run", description=HELP)
    add_arguments(parser)
    run(parser.parse_args(argv))


if __name__ == "__main__":
    main()
