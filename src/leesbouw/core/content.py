"""Content: questionnaires, roles, guides and norms as files with a source and a status, not as code.

A file is content/nl/<kind>/<code>@<version>.toml. What was loaded once under a version never changes: another text
is another version.
"""

from __future__ import annotations

import hashlib
import json
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.db import models
from pydantic import BaseModel, ConfigDict, ValidationError

from .db import write_transaction
from .registry import Registry
from .time import now

Status = Literal["officieel", "lokaal", "voorbeeld"]


class ContentError(Exception):
    """A content file that cannot be used; the text names the file and the place in it."""


class Body(BaseModel):
    """Base of the schemas: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(Body):
    title: str
    source: str
    status: Status
    language: str = "nl"
    owner: str = ""
    body: dict[str, Any]


content_kinds: Registry[type[Body]] = Registry("content kind")


def schema_of(kind: str, code: str) -> type[Body]:
    """The schema of a piece of content: its own ("parameters/retention"), else that of its kind. Raises LookupError."""
    return content_kinds.get(f"{kind}/{code}") or content_kinds[kind]


class ContentItem(models.Model):
    """One version of one piece of content. `owner_id` is the unit whose own version it is; empty for what we ship."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    status = models.CharField(max_length=12)
    language = models.CharField(max_length=8, default="nl")
    owner_id = models.PositiveBigIntegerField(null=True, db_index=True)
    origin = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    data = models.JSONField()
    loaded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "version"],
                condition=models.Q(owner_id=None),
                name="core_shipped_content_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "code", "version", "owner_id"], name="core_own_content_once"
            ),
        ]

    class Privacy:
        none = "id kind code version title source status language owner_id origin sha256 data loaded_at"

    @cached_property
    def body(self) -> Any:
        return _parsed(self.kind, self.code, self.sha256, json.dumps(self.data))


@lru_cache(maxsize=2048)
def _parsed(kind: str, code: str, sha256: str, data: str) -> Body:
    return schema_of(kind, code).model_validate_json(data)


@dataclass(frozen=True, slots=True)
class ContentFile:
    name: str
    kind: str
    code: str
    version: int
    sha256: str
    header: Header


def read_file(path: Path) -> ContentFile:
    """Reads and checks one file. Raises ContentError."""
    code, _, version = path.stem.partition("@")
    if not version.isdigit():
        raise ContentError(f"{path.name}: the name needs a version, as in code@1.toml")
    return read_bytes(path.read_bytes(), path.parent.name, code, int(version))


def read_bytes(raw: bytes, kind: str, code: str, version: int) -> ContentFile:
    """Checks what a file holds, wherever it came from: TOML, or the same as JSON. Raises ContentError."""
    name = f"{code}@{version}.toml"
    try:
        text = raw.decode("utf-8")
        read = json.loads if text.lstrip().startswith("{") else tomllib.loads  # no TOML begins so
        header = Header.model_validate(read(text))
        schema_of(kind, code).model_validate(header.body)
    except (ValueError, RecursionError, LookupError) as error:
        raise ContentError(f"{kind}/{name}: {_why(error)}") from error
    return ContentFile(name, kind, code, version, hashlib.sha256(raw).hexdigest(), header)


def _why(error: Exception) -> str:
    """What is wrong, with the place of each fault; nothing of what pydantic adds for programmers."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(
        ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, "))))
        for one in error.errors(include_url=False)
    )


def shipped(folder: Path | None = None) -> Iterator[ContentFile]:
    """Every content file that came with this version of Leesbouw, checked."""
    yield from (read_file(path) for path in _paths(folder))


def _paths(folder: Path | None) -> list[Path]:
    return sorted((folder or Path(settings.CONTENT_FOLDER)).glob("*/*.toml"))


def shipped_texts(folder: Path | None = None) -> dict[str, str]:
    """What came with this version of Leesbouw, unread: kind/code@version → sha256."""
    paths = _paths(folder)
    return {_name(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def fresh(folder: Path | None = None) -> list[ContentFile]:
    """The shipped files that the database does not have yet, checked. Raises ContentError, also for one that it has
    with other text. What it has was checked when it came."""
    known = {
        f"{kind}/{code}@{version}": sha256
        for kind, code, version, sha256 in ContentItem.objects.filter(owner_id=None).values_list(
            "kind", "code", "version", "sha256"
        )
    }
    for name, sha256 in shipped_texts(folder).items():
        if known.get(name, sha256) != sha256:
            raise ContentError(f"{name}.toml was changed after it was loaded; give it a new version")
    return [read_file(path) for path in _paths(folder) if _name(path) not in known]


def loaded_texts() -> dict[str, str]:
    """The same of what the database has of ours, without what this installation added itself."""
    rows = ContentItem.objects.filter(owner_id=None, origin="")
    return {f"{row.kind}/{row.code}@{row.version}": row.sha256 for row in rows.defer("data")}


def load_all(folder: Path | None = None) -> int:
    """Loads the shipped files that are not known yet; returns how many. A known version with other text raises."""
    rows = [_row(file) for file in fresh(folder)]
    with write_transaction():
        ContentItem.objects.bulk_create(rows)
    forget_cache()
    return len(rows)


def add(file: ContentFile, origin: str) -> ContentItem:
    """Keeps a version that this installation added to what we ship; the caller holds the transaction."""
    item = _row(file, origin)
    item.save(force_insert=True)
    forget_cache()
    return item


def add_own(item: ContentItem, body: Body, *, owner_id: int, origin: str) -> ContentItem:
    """Keeps a unit's own text of a piece of content, as its next version; the caller holds the transaction."""
    data = body.model_dump(mode="json", exclude_none=True)
    mine = ContentItem.objects.filter(kind=item.kind, code=item.code, owner_id=owner_id)
    newest = mine.aggregate(newest=models.Max("version"))["newest"] or 0
    return ContentItem.objects.create(
        kind=item.kind,
        code=item.code,
        version=newest + 1,
        title=item.title,
        source=item.source,
        status="lokaal",
        language=item.language,
        owner_id=owner_id,
        origin=origin,
        sha256=hashlib.sha256(json.dumps(data).encode()).hexdigest(),
        data=data,
    )


def _row(file: ContentFile, origin: str = "") -> ContentItem:
    return ContentItem(
        kind=file.kind,
        code=file.code,
        version=file.version,
        title=file.header.title,
        source=file.header.source,
        status=file.header.status,
        language=file.header.language,
        origin=origin,
        sha256=file.sha256,
        data=file.header.body,
    )


@lru_cache(maxsize=256)
def _current(kind: str, _loaded: int) -> dict[str, ContentItem]:
    newest: dict[str, ContentItem] = {}
    for item in ContentItem.objects.filter(kind=kind, owner_id=None).order_by("code", "version"):
        newest[item.code] = item
    return newest


ASK_AGAIN = 5.0  # seconds
_seen: dict[str, float | int] = {}


def _generation() -> int:
    """Changes whenever content is loaded, by whatever process; asked of the database every `ASK_AGAIN` seconds."""
    if time.monotonic() > _seen.get("until", 0):
        _seen["newest"] = ContentItem.objects.aggregate(newest=models.Max("id"))["newest"] or 0
        _seen["until"] = time.monotonic() + ASK_AGAIN
    return int(_seen["newest"])


def forget_cache() -> None:
    """Reads content anew at the next question."""
    _seen.clear()
    _current.cache_clear()


def current(kind: str, code: str) -> ContentItem:
    """The newest shipped version. Raises LookupError."""
    try:
        return all_current(kind)[code]
    except KeyError:
        raise LookupError(f"no content {kind}/{code}") from None


def in_version(kind: str, code: str, version: int) -> ContentItem:
    """A shipped version that was used once, or the newest. Raises LookupError."""
    newest = all_current(kind).get(code)
    if newest is not None and newest.version == version:
        return newest
    used = ContentItem.objects.filter(kind=kind, code=code, version=version, owner_id=None).first()
    if used is None:
        raise LookupError(f"no content {kind}/{code}@{version}")
    return used


def all_current(kind: str) -> dict[str, ContentItem]:
    """The newest shipped version of every code of a kind."""
    return _current(kind, _generation())
