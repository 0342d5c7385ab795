"""Files that people keep: bytes on disk under their checksum's name, a row that says who may have them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .access import Actor
from .errors import Sentence
from .time import now

REFUSED = (".svg", ".html", ".htm", ".xhtml", ".js", ".exe")


class StoredFile(models.Model):
    """A file of a unit. `permission` is what an actor of that unit needs to fetch it."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    unit_id = models.PositiveBigIntegerField(null=True, db_index=True)
    permission = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=now)
    created_by_id = models.PositiveBigIntegerField(null=True)

    class Privacy:
        none = "id sha256 size content_type unit_id permission created_at"
        personal = "name created_by_id"
        kept = "with its subject"

    @property
    def path(self) -> Path:
        return folder() / self.sha256[:2] / self.sha256

    def read(self) -> bytes:
        return self.path.read_bytes()


def folder() -> Path:
    return Path(settings.DATA_FOLDER) / "files"


def write_safely(path: Path, content: bytes) -> None:
    """Writes whole or not at all: to a temporary file beside it, flushed, then moved into place."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def store(
    content: bytes,
    *,
    name: str,
    content_type: str,
    by: Actor,
    unit_id: int | None = None,
    permission: str = "",
) -> StoredFile:
    """Keeps bytes and returns their row. The name is cleaned; active content is refused with a Sentence."""
    name = re.sub(r"[^\w.()+ -]", "_", name.rsplit("/")[-1].rsplit("\\")[-1]).strip(" .")[:200] or "bestand"
    if name.lower().endswith(REFUSED):
        raise Sentence(_("This kind of file cannot be kept here."))
    digest = hashlib.sha256(content).hexdigest()
    row = StoredFile(
        name=name,
        sha256=digest,
        size=len(content),
        content_type=content_type,
        unit_id=unit_id if unit_id is not None else by.unit_id,
        permission=permission,
        created_by_id=by.user_id,
    )
    if not row.path.exists():
        write_safely(row.path, content)
    row.save()
    return row


def orphans() -> models.QuerySet[StoredFile]:
    """Files to which nothing points any more: their job or download is gone."""
    rows = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.one_to_many or relation.one_to_one:
            manager: Any = relation.related_model._default_manager  # type: ignore[union-attr]
            all_rows = manager.trusted("which files are in use") if hasattr(manager, "trusted") else manager
            key = relation.field.attname  # type: ignore[union-attr]
            rows = rows.exclude(pk__in=all_rows.exclude(**{key: None}).values(key))
    return rows


def remove(row: StoredFile) -> None:
    """Deletes a file: its row, and its bytes once the write is sure and no other row has the same ones."""
    path, digest = row.path, row.sha256
    row.delete()

    def unlink() -> None:
        if not StoredFile.objects.filter(sha256=digest).exists():
            path.unlink(missing_ok=True)

    transaction.on_commit(unlink)
