"""`leesbouw demo`: fills an empty database with the demo province; a demo stays a demo."""

from __future__ import annotations

import argparse
import gc
import importlib
import time
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import module_has_submodule

from leesbouw.core import content, search, stamp
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import record
from leesbouw.core.db import data_folder, write_transaction
from leesbouw.core.files import StoredFile
from leesbouw.core.files import folder as files_folder
from leesbouw.core.story import SIZES, Story, parts_in_order
from leesbouw.core.time import today

from . import gettext as _
from . import prepare, show, stop

HELP = _("fill an empty database with the demo province")
Tell = Callable[[int, int], None]
SELDOM = 200_000  # objects that may come before memory is cleared


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=SIZES, default="small", help=_("one library, or three"))
    parser.add_argument(
        "--reset", action="store_true", help=_("empty a demo first; nothing else can be emptied")
    )
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    prepare.folder_is_usable(data_folder())
    prepare.upgrade_is_known()
    prepare.bring_up_to_date()
    if options.reset:
        may_be_emptied()
    elif not prepare.is_empty():
        stop(
            _(
                "This database is not empty, and a demo is only put in an empty one."
                " With --reset an earlier demo starts anew."
            )
        )
    started = time.monotonic()
    counts = fill(options.size, anew=options.reset, tell=show.bar(options, _("Demo")))
    seconds = round(time.monotonic() - started, 1)
    text = _("The demo is there: %(locations)s locations, %(people)s people and %(talks)s talks.")
    show.result(options, {"size": options.size, "seconds": seconds, **counts}, text % counts)
    return 0


def may_be_emptied() -> None:
    """Ends with a sentence unless this is a demo, and one that nobody has running."""
    if not stamp.is_demo():
        stop(_("This database is not a demo, so it is not emptied."))
    if connection.vendor == "sqlite":
        prepare.hold_alone(data_folder())


def fill(size: str, *, anew: bool = False, tell: Tell = lambda done, total: None) -> dict[str, int]:
    """Makes the demo, whole or not at all: nobody is at work in an empty database, so it is one write.

    The stamp comes first, so that no mail can leave. Returns how many there are of the main things.
    """
    load_parts()
    gc.collect()
    gc.freeze()  # whatever is loaded stays: looking through it time and again for what may go is a tenth of the work
    was = gc.get_threshold()
    gc.set_threshold(SELDOM, was[1], was[2])
    try:
        return _filled(size, anew, tell)
    finally:
        gc.set_threshold(*was)
        gc.unfreeze()


def _filled(size: str, anew: bool, tell: Tell) -> dict[str, int]:
    story = Story.read(settings.DEMO_FOLDER, size=size, today=today())
    parts = parts_in_order()
    with write_transaction():
        if anew:
            _empty()
        stamp.write("demo", size)
        record(by=SYSTEM, verb="core.load_demo", data={"size": size})
        for number, part in enumerate(parts):
            part.fill(story, _share(tell, number, len(parts)))
    if anew:
        _forget_files()
    return {
        "locations": len(story.rows("locations")),
        "users": len(story.rows("users")),
        "people": len(story.made["people"]),
        "talks": len(story.made["talks"]),
    }


def _share(tell: Tell, number: int, parts: int) -> Tell:
    """The progress of one part as a share of the whole, in hundredths of a part."""
    return lambda done, total: tell(100 * number + 100 * done // max(total, 1), 100 * parts)


def load_parts() -> None:
    """Imports the demo module of every room that has one."""
    for app in apps.get_app_configs():
        ours = app.name.startswith("leesbouw.") and app.label != "cli"
        if ours and module_has_submodule(app.module, "demo"):
            importlib.import_module(f"{app.name}.demo")


def _empty() -> None:
    """Takes everything out, also from the search index, and loads the content again."""
    for kind in set(search.Document.objects.values_list("kind", flat=True)):
        search.clear(kind)
    call_command("flush", interactive=False, verbosity=0)
    search.forget_cache()
    content.load_all()


def _forget_files() -> None:
    """Deletes the bytes that no row tells of any more."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    for path in files_folder().rglob("*"):
        if path.is_file() and path.name not in known:
            path.unlink()
