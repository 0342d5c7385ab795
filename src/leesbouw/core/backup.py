"""A backup is one zip: the database, the files, and a manifest with a checksum of each part.

It is made while Leesbouw runs. The secret key stays out of it: who finds a backup cannot sign in with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from leesbouw import __version__

from . import content, erasures, stamp
from .db import data_folder
from .errors import Sentence
from .files import folder as files_folder
from .time import now

MANIFEST = "manifest.json"
FORMAT = 1
BLOCK = 1024 * 1024

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    version: str
    made_at: str
    vendor: str
    demo: bool
    migrations: list[str]
    parts: dict[str, str]  # name in the zip → sha256
    content: dict[str, str] = field(default_factory=dict)  # kind/code@version → sha256
    format: int = FORMAT


def folder() -> Path:
    return data_folder() / "backups"


def make(target: Path | None = None, *, tell: Tell = lambda done, total: None) -> Path:
    """Writes a backup and returns its path; by default a dated one in the data folder. Raises Sentence."""
    target = target or folder() / f"leesbouw-{now():%Y%m%d-%H%M%S}.zip"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        _write(Path(temporary), tell)
        os.replace(temporary, target)
    except OSError as error:
        raise Sentence(_("The backup could not be written. Is the disk full?")) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    stamp.write("backup", target.name)
    return target


def _write(path: Path, tell: Tell) -> None:
    files = sorted(p for p in files_folder().rglob("*") if p.is_file()) if files_folder().exists() else []
    total, parts = len(files) + 1, {}
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as scratch,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        name, dump = _dump(Path(scratch))
        parts[name] = _add(archive, name, dump)
        tell(1, total)
        for done, file in enumerate(files, start=2):
            inside = f"files/{file.relative_to(files_folder()).as_posix()}"
            parts[inside] = _add(archive, inside, file)
            tell(done, total)
        if erasures.path().exists():
            parts[erasures.LOG] = _add(archive, erasures.LOG, erasures.path())
        manifest = Manifest(
            version=__version__,
            made_at=now().isoformat(),
            vendor=connection.vendor,
            demo=stamp.is_demo(),
            migrations=sorted(
                f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
            ),
            parts=parts,
            content=content.loaded_texts(),
        )
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _dump(scratch: Path) -> tuple[str, Path]:
    """A whole and consistent copy of the database."""
    if connection.in_atomic_block:
        raise RuntimeError("a backup inside a write would wait for itself")
    if connection.vendor == "sqlite":
        target = scratch / "db.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return "db.sqlite3", target
    target = scratch / "db.dump"
    _postgresql("pg_dump", "--format=custom", f"--file={target}")
    return "db.dump", target


def _postgresql(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise Sentence(_("The program %(name)s of PostgreSQL is missing on this machine."), name=program)
    config = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": config["PASSWORD"] or ""}
    where = [f"--dbname={config['NAME']}"]
    for flag, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if config[key]:
            where.append(f"{flag}={config[key]}")
    done = subprocess.run([program, *where, *arguments], env=environment, capture_output=True, check=False)
    if done.returncode:
        raise Sentence(_("PostgreSQL could not do this: %(name)s failed."), name=program)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    info = zipfile.ZipInfo.from_file(path, name)
    info.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def check(path: Path, *, tell: Tell = lambda done, total: None) -> Manifest:
    """Reads a backup through and compares every checksum. Raises Sentence when anything is not as it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
            if told["format"] > FORMAT:
                raise Sentence(_("This backup was made by a newer Leesbouw. Install that version first."))
            manifest = Manifest(**told)
            if set(archive.namelist()) != {MANIFEST, *manifest.parts}:
                raise Sentence(_("This backup is not complete."))
            for done, (name, sha256) in enumerate(manifest.parts.items(), start=1):
                if _digest(archive, name) != sha256:
                    raise Sentence(_("This backup is damaged: %(name)s is not as it was written."), name=name)
                tell(done, len(manifest.parts))
    except FileNotFoundError as error:
        raise Sentence(_("There is no file called %(name)s."), name=path) from error
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise Sentence(_("This is not a backup of Leesbouw, or it is damaged.")) from error
    if manifest.vendor != connection.vendor:
        raise Sentence(
            _("This backup was made with another kind of database (%(vendor)s)."), vendor=manifest.vendor
        )
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while block := part.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Migrations in the backup that this version does not know: it was made by a newer one."""
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    return sorted(name for name in manifest.migrations if name not in known)


def unknown_content(manifest: Manifest) -> list[str]:
    """Content in the backup that this version has not, or has with other text: Leesbouw would not start with it."""
    shipped = content.shipped_texts()
    return sorted(name for name, sha256 in manifest.content.items() if shipped.get(name) != sha256)


def restore(path: Path, *, replace: bool = False, tell: Tell = lambda done, total: None) -> Manifest:
    """Puts a backup back. What was there is kept aside under `before-restore-…`; nothing changes before all is checked.

    Who was erased since the backup is back for a moment: call `erasures.sync` once the database is up to date.

    Raises Sentence: not a backup, damaged, of a newer version, or there is data and `replace` is off.
    """
    manifest = check(path, tell=tell)
    if unknown := unknown_migrations(manifest):
        raise Sentence(
            _("This backup was made by a newer Leesbouw (%(name)s). Install that version first."),
            name=unknown[0],
        )
    if unknown := unknown_content(manifest):
        raise Sentence(
            _("This backup holds content that this version does not know (%(name)s). Nothing was changed."),
            name=unknown[0],
        )
    if not replace and _holds_data():
        raise Sentence(_("There is data here already. Add --replace to put the backup in its place."))
    aside = _unused("before-restore")
    fresh = _unused("restoring")
    try:
        _unpack(path, manifest, fresh)
        erasures.merge(fresh / erasures.LOG)
        _put_in_place(fresh, aside)
    except OSError as error:
        raise Sentence(
            _("The backup could not be put back. Is the disk full? Nothing was changed.")
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    stamp.forget_demo()
    stamp.write("restored", manifest.made_at)
    return manifest


def _unused(kind: str) -> Path:
    """A folder that is not there yet, named after this second or the first free one after it."""
    moment = now()
    while (folder := data_folder() / f"{kind}-{moment:%Y%m%d-%H%M%S}").exists():
        moment += timedelta(seconds=1)
    return folder


def _holds_data() -> bool:
    tables = connection.introspection.table_names()
    if "organisations_unit" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM organisations_unit)")
        return bool(cursor.fetchone()[0])


def _unpack(path: Path, manifest: Manifest, fresh: Path) -> None:
    fresh.mkdir(mode=0o700)
    with zipfile.ZipFile(path) as archive:
        for name in manifest.parts:
            target = (fresh / name).resolve()
            if not target.is_relative_to(fresh.resolve()):
                raise Sentence(_("This is not a backup of Leesbouw, or it is damaged."))
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with archive.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, BLOCK)


def _put_in_place(fresh: Path, aside: Path) -> None:
    aside.mkdir(mode=0o700)
    if connection.vendor == "sqlite":
        current = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for path in (current, Path(f"{current}-wal"), Path(f"{current}-shm")):
            if path.exists():
                shutil.move(path, aside / path.name)
        shutil.move(fresh / "db.sqlite3", current)
    else:
        _postgresql("pg_dump", "--format=custom", f"--file={aside / 'db.dump'}")
        arguments = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        connection.close()
        _postgresql("pg_restore", *arguments, str(fresh / "db.dump"))
    if files_folder().exists():
        shutil.move(files_folder(), aside / "files")
    if (fresh / "files").exists():
        shutil.move(fresh / "files", files_folder())


def made() -> Iterator[tuple[Path, datetime]]:
    """The backups in the data folder with the moment they were made, newest first."""
    for path in sorted(folder().glob("leesbouw-*.zip"), reverse=True) if folder().exists() else ():
        with suppress(OSError):
            yield path, datetime.fromtimestamp(path.stat().st_mtime, tz=now().tzinfo)


def leftovers() -> Iterator[tuple[Path, datetime]]:
    """What was put aside by a restore, with the moment at which that was."""
    for path in sorted(data_folder().glob("before-restore-*")):
        with suppress(OSError):
            yield path, datetime.fromtimestamp(path.stat().st_mtime, tz=now().tzinfo)


def old(before: datetime) -> list[Path]:
    """Backups of before that moment, but never the newest, and what a restore put aside before it."""
    return [path for path, at in [*list(made())[1:], *leftovers()] if at < before]


def forget(path: Path) -> None:
    """Deletes a backup, or what a restore put aside."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
