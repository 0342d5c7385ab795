"""What must be in order before Leesbouw can start: folder, disk, port, database, content, static files.

Everything that is merely looked at comes before the first change, so that an upgrade that meets a database of a newer
Leesbouw stops before it touched anything. Each function ends the command with one sentence when it cannot go on.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import gettext as _
from . import stop

ROOM_NEEDED = 50 * 1024 * 1024  # bytes


def folder_is_usable(folder: Path) -> None:
    """Makes the data folder, for its owner only, and tries to write in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            stop(_("The disk is full. Make room and start again."))
        stop(_("I may not write in %s. Choose another folder with LEESBOUW_DATA.") % folder)
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        stop(_("The disk is nearly full: less than 50 MB is left. Make room and start again."))


def hold_alone(folder: Path) -> int:
    """Holds the data folder until this process ends, through exec as well; children do not hold it.

    Returns the handle by which a copy of this process lets go.
    """
    handle = os.open(folder / "run.lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stop(_("Leesbouw is already running with the folder %s.") % folder)
    os.set_inheritable(handle, True)
    return handle


def addresses_are_sound(url: str, database_url: str) -> None:
    """LEESBOUW_URL and DATABASE_URL, empty or such as docs/beheer/instellingen.md describes."""
    if url and not (_scheme(url) in {"http", "https"} and urlsplit(url).hostname):
        stop(_("LEESBOUW_URL must be an address such as https://leesbouw.example.nl"))
    if database_url and not (
        _scheme(database_url) in {"postgresql", "postgres"} and urlsplit(database_url).path.strip("/")
    ):
        stop(_("DATABASE_URL must look like postgresql://user:password@host:port/name or be empty."))


def _scheme(address: str) -> str:
    """Empty when the address cannot be read at all, for instance because its port is no number."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return ""
    return parts.scheme


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        stop(_("PORT must be a number between 1 and 65535."))
    return int(text)


def port_is_free(host: str, port: int) -> None:
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        stop(_("I may not use port %s. Choose another one, for instance: PORT=8001 make run") % port)
    except socket.gaierror:
        stop(_("LEESBOUW_HOST is not an address of this machine: %s") % host)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            stop(_("LEESBOUW_HOST is not an address of this machine: %s") % host)
        stop(_("Port %s is already in use. Choose another one, for instance: PORT=8001 make run") % port)


@contextmanager
def database_in_words() -> Iterator[None]:
    """Ends the command with a sentence when the database cannot be reached or read."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        stop(words_for(error))


def words_for(error: Exception) -> str:
    """What an error of the database means to who runs it; never its address, which holds a password."""
    from django.db import ProgrammingError, connection

    text = str(error)
    if "full" in text:
        return _("The disk is full. Make room and start again.")
    if isinstance(error, ProgrammingError) or "no such" in text:
        return _("The database is not ready for this version yet. Start leesbouw run once: that prepares it.")
    if "locked" in text:
        return _("The database is busy. Try again in a moment.")
    if connection.vendor == "sqlite":
        return _("The database in the data folder cannot be read. Put a backup back: leesbouw restore FILE")
    return _("The database does not answer. Check DATABASE_URL and whether PostgreSQL is running.")


def upgrade_is_known() -> None:
    """Stops when the database was used by a newer Leesbouw, or knows content that this one would change."""
    with database_in_words():
        if unknown := unknown_migrations():
            stop(
                _(
                    "This database belongs to a newer Leesbouw (%s). Nothing was changed. Install that version."
                )
                % ", ".join(unknown[:3])
            )
        if changed := unknown_content():
            stop(
                _("This database holds content that this version does not know (%s). Nothing was changed.")
                % ", ".join(changed[:3])
            )


def unknown_migrations() -> list[str]:
    """Migrations that were applied and that this version does not have; other people's packages do not count."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    foreign = {app.label for app in apps.get_app_configs() if not app.name.startswith("leesbouw.")}
    unknown = [key for key in loader.applied_migrations if key not in known and key[0] not in foreign]
    return sorted(f"{label} {name}" for label, name in unknown)


def unknown_content() -> list[str]:
    """Content in the database that this version has not, or has with other text.

    What the installation added itself is only in the way when this version brings the same one with other text.
    """
    from django.db import connection

    from leesbouw.core import content

    table = content.ContentItem._meta.db_table
    if table not in connection.introspection.table_names():
        return []
    shipped = content.shipped_texts()
    rows = content.ContentItem.objects.filter(owner_id=None).defer("data")
    texts = [(f"{row.kind}/{row.code}@{row.version}", row) for row in rows]
    unknown = [
        name for name, row in texts if shipped.get(name, row.sha256 if row.origin else "") != row.sha256
    ]
    try:
        if not unknown:
            content.fresh()
    except content.ContentError as error:
        stop(_("A content file cannot be used: %s") % error)
    return sorted(unknown)


def is_behind() -> bool:
    """Whether migrations or content of this version wait for the next start; False where the database tells nothing."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from leesbouw.core import content

    try:
        executor = MigrationExecutor(connection)
        waits = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return bool(waits) or not content.shipped_texts().keys() <= content.loaded_texts().keys()
    except (DatabaseError, content.ContentError):
        return False


def bring_up_to_date() -> None:
    """Tables or migrations, and new content; quick when there is nothing to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from leesbouw.core import content

    from .tables import is_blank, make_tables

    with database_in_words():
        if is_blank():
            print(_("Making the database…"), flush=True)
            make_tables()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            print(_("Bringing the database up to date…"), flush=True)
            call_command("migrate", verbosity=0, interactive=False)
        try:
            content.load_all()
        except content.ContentError as error:
            stop(_("A content file cannot be used: %s") % error)


def erase_again() -> None:
    """Erases once more who was erased after the backup that was put back, also when a restore was broken off."""
    from leesbouw.core import erasures
    from leesbouw.core.access import SYSTEM

    with database_in_words():
        erasures.sync(by=SYSTEM)


def is_empty() -> bool:
    """Whether nobody has put anything in this database yet."""
    from django.apps import apps

    with database_in_words():
        models: list[Any] = [apps.get_model("accounts", "User"), apps.get_model("organisations", "Unit")]
        return not any(model._base_manager.exists() for model in models)


def collect_static(force: bool = False) -> None:
    """Copies style sheets, scripts and fonts to the data folder under names with a hash, when they changed."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    stamp = target / ".stamp"
    wanted = fingerprint(Path(settings.ROOT) / "src" / "leesbouw")
    with suppress(OSError):
        if not force and stamp.read_text() == wanted:
            return
    print(_("Preparing style sheets and scripts…"), flush=True)
    try:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(wanted)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            stop(_("The disk is full. Make room and start again."))
        raise


def fingerprint(package: Path) -> str:
    """Changes when a static file of ours, or a package that brings its own, changes."""
    from importlib.metadata import version

    import leesbouw

    newest, number = 0, 0
    for folder in package.glob("*/static"):
        for path in folder.rglob("*"):
            newest = max(newest, path.stat().st_mtime_ns)
            number += 1
    packages = " ".join(version(name) for name in ("django", "django-htmx", "django-allauth"))
    return f"{leesbouw.__version__} {packages} {number} {newest}"
