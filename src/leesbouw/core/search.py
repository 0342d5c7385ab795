"""One index over what people look for: the same words on SQLite (FTS5) and PostgreSQL (tsvector).

Words are stemmed here, so both databases find the same; a misspelt word is replaced by the nearest known ones. Who
may see a document is part of the index query: `scope` holds the ids of the units whose people may. Pupils are never
in this index.
"""

from __future__ import annotations

import re
import threading
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import Stemmer
from django.db import connection, models
from django.utils.functional import Promise
from rapidfuzz import fuzz, process

from .access import Actor
from .db import CHUNK, in_chunks, write_transaction

PUBLIC = 0  # in `scope`: for everyone who is signed in
NEAR = 70  # rapidfuzz score from which a known word may stand for a misspelt one
_WORD = re.compile(r"[a-z0-9]+")
_stemmer = Stemmer.Stemmer("dutch")
_one_at_once = threading.Lock()  # a stemmer serves one thread at a time


@dataclass(frozen=True, slots=True)
class Entry:
    """What is put into the index. `scope`: ids of units whose people may find it."""

    kind: str
    object_id: int
    title: str
    url: str
    scope: frozenset[int]
    subtitle: str = ""
    body: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    title: str | Promise
    subtitle: str | Promise
    url: str
    icon: str = field(default="", compare=False)


class Document(models.Model):
    kind = models.CharField(max_length=30)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300)
    permission = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="core_document_once")]

    class Privacy:
        none = "id kind object_id url permission"
        personal = "title subtitle"
        kept = "with its subject"


class Word(models.Model):
    """The vocabulary, for spelling mistakes."""

    word = models.CharField(max_length=60, primary_key=True)

    class Privacy:
        none = "word"


def install() -> None:
    """Makes the index beside its table; called by the migration and by the test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS core_search_index USING fts5"
                "(title, body, scope, permission, tokenize='unicode61 remove_diacritics 0')"
            )
        else:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS core_search_index (rowid bigint PRIMARY KEY, tsv tsvector NOT NULL,"
                " scope bigint[] NOT NULL, permission text NOT NULL)"
            )
            cursor.execute("CREATE INDEX IF NOT EXISTS core_search_tsv ON core_search_index USING gin (tsv)")


def fold(text: str) -> str:
    """Lower case, without accents: "Één" becomes "een"."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    if word.isdigit():
        return word
    with _one_at_once:
        return _stemmer.stemWord(word)


def _stems(text: str) -> str:
    return " ".join(dict.fromkeys(stem(word) for word in words(text)))


def put(entries: Iterable[Entry]) -> int:
    """Adds or replaces entries, inside the caller's write transaction; returns how many."""
    total = 0
    for chunk in in_chunks(list(entries), CHUNK):
        with write_transaction():
            _put(chunk)
        total += len(chunk)
    return total


def _put(entries: Sequence[Entry]) -> None:
    Document.objects.bulk_create(
        [
            Document(
                kind=e.kind,
                object_id=e.object_id,
                title=e.title[:200],
                subtitle=e.subtitle[:200],
                url=e.url,
                permission=e.permission,
            )
            for e in entries
        ],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "subtitle", "url", "permission"],
    )
    ids: dict[tuple[str, int], int] = {}
    for kind in {e.kind for e in entries}:
        objects = [e.object_id for e in entries if e.kind == kind]
        rows = Document.objects.filter(kind=kind, object_id__in=objects).values_list("object_id", "pk")
        ids.update({(kind, object_id): pk for object_id, pk in rows})
    _unindex(list(ids.values()))
    _index([(ids[e.kind, e.object_id], e) for e in entries])
    vocabulary = {word for e in entries for word in words(f"{e.title} {e.body}") if 3 <= len(word) <= 60}
    _learn(vocabulary)
    forget_cache()


def _learn(vocabulary: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_word (word) VALUES (%s) ON CONFLICT DO NOTHING",
            [(word,) for word in sorted(vocabulary)],
        )


def _index(rows: Sequence[tuple[int, Entry]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO core_search_index(rowid, title, body, scope, permission) VALUES (%s, %s, %s, %s, %s)",
                [
                    (
                        pk,
                        _stems(e.title),
                        _stems(e.body),
                        _scope_text(e.scope),
                        _permission_word(e.permission),
                    )
                    for pk, e in rows
                ],
            )
        else:
            cursor.executemany(
                "INSERT INTO core_search_index(rowid, tsv, scope, permission) VALUES (%s,"
                " setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s), %s, %s)",
                [(pk, _stems(e.title), _stems(e.body), sorted(e.scope), e.permission) for pk, e in rows],
            )


def _scope_text(scope: Iterable[int]) -> str:
    return " ".join(f"u{unit_id}" for unit_id in sorted(scope))


def _permission_word(permission: str) -> str:
    return "p" + re.sub(r"[^a-z]", "", permission)


def _unindex(ids: Sequence[int]) -> None:
    if ids:
        marks = ",".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM core_search_index WHERE rowid IN ({marks})", list(ids))  # noqa: S608


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Takes objects out of the index, inside the caller's write transaction."""
    rows = Document.objects.filter(kind=kind, object_id__in=list(object_ids))
    _unindex(list(rows.values_list("pk", flat=True)))
    rows.delete()


SMALL = 20_000  # documents of which the index is put in order within a tenth of a second


def tidy(*, whole: bool = False) -> None:
    """Leaves nothing behind of documents that were taken out: neither in the index nor in the vocabulary.

    Of a large index that takes seconds, so there it waits for the night (`whole`).
    """
    if not whole and Document.objects.count() > SMALL:
        return
    with write_transaction(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO core_search_index(core_search_index) VALUES ('optimize')")
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.core_search_terms"
                " USING fts5vocab(main, core_search_index, row)"
            )
            cursor.execute("SELECT term FROM temp.core_search_terms")
        else:
            cursor.execute("SELECT word FROM ts_stat('SELECT tsv FROM core_search_index')")
        used = {row[0] for row in cursor.fetchall()}
        unused = [w for w in Word.objects.values_list("word", flat=True) if stem(w) not in used]
        for chunk in in_chunks(unused, CHUNK):
            Word.objects.filter(pk__in=chunk).delete()
    forget_cache()


def clear(kind: str) -> None:
    """Takes everything of a kind out of the index."""
    ids = list(Document.objects.filter(kind=kind).values_list("pk", flat=True))
    for chunk in in_chunks(ids, CHUNK):
        _unindex(chunk)
    Document.objects.filter(kind=kind).delete()


_vocabulary_at: dict[str, Any] = {}


def _vocabulary() -> list[str]:
    """All known words, read again at most once a minute."""
    if time.monotonic() > _vocabulary_at.get("until", 0):
        _vocabulary_at["words"] = list(Word.objects.values_list("word", flat=True))
        _vocabulary_at["until"] = time.monotonic() + 60
    return _vocabulary_at["words"]


def forget_cache() -> None:
    """Reads the vocabulary anew at the next question."""
    _vocabulary_at.clear()


def alternatives(word: str) -> list[str]:
    """The stems a typed word may stand for: itself, words that begin with it, and known words spelt nearly so."""
    found = {stem(word)}
    if len(word) >= 4 and not word.isdigit():
        near = process.extract(word, _vocabulary(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=6)
        if near:
            best = near[0][1]
            found.update(stem(candidate) for candidate, score, _ in near if score >= best - 8 or score >= 88)
    return sorted(found)


def find(actor: Actor, text: str, *, limit: int = 20, kinds: Sequence[str] = ()) -> list[Hit]:
    """What this actor may see that fits the text, best first. All words count; a typing error is forgiven."""
    typed = words(text)[:8]
    if not typed:
        return []
    groups = [alternatives(word) for word in typed]
    libraries = actor.libraries if isinstance(actor.libraries, frozenset) else frozenset()
    scope = sorted({PUBLIC, *([actor.unit_id] if actor.unit_id else []), *libraries})
    if connection.vendor == "sqlite":
        rows = _find_sqlite(actor, typed, groups, scope, limit * 3)
    else:
        rows = _find_postgresql(actor, typed, groups, scope, limit * 3)
    documents = Document.objects.in_bulk(rows)
    hits = [documents[pk] for pk in rows if pk in documents and (not kinds or documents[pk].kind in kinds)]
    wanted = fold(text).strip()
    hits.sort(key=lambda d: _distance(wanted, fold(d.title), fold(d.subtitle)))
    return [Hit(d.kind, d.title, d.subtitle, d.url) for d in hits[:limit]]


def _distance(wanted: str, title: str, subtitle: str) -> tuple[int, int]:
    """Nearest first: what the title holds, then what the line below adds; of equals the shortest title.

    Steps of ten, so that the order of the index decides between what is about as near.
    """
    in_title = fuzz.partial_ratio(wanted, title)
    anywhere = fuzz.token_set_ratio(wanted, f"{title} {subtitle}")
    return -int(max(in_title, anywhere) // 10), len(title)


def _find_sqlite(
    actor: Actor, typed: Sequence[str], groups: Sequence[Sequence[str]], scope: Sequence[int], limit: int
) -> list[int]:
    texts = [
        "(" + " OR ".join([f'"{typed[i]}"*', *(f'"{s}"' for s in group)]) + ")"
        for i, group in enumerate(groups)
    ]
    allowed = " OR ".join(f'"{_permission_word(p)}"' for p in sorted({"", *actor.permissions}))
    match = "{{title body}}: ({}) AND scope: ({})".format(
        " AND ".join(texts),
        " OR ".join(f'"u{unit_id}"' for unit_id in scope),
    )
    if actor.kind != "system":
        match += f" AND permission: ({allowed})"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM core_search_index WHERE core_search_index MATCH %s"
            " ORDER BY bm25(core_search_index, 6.0, 1.0, 0.0, 0.0) LIMIT %s",  # a title weighs six times as much
            [match, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _find_postgresql(
    actor: Actor, typed: Sequence[str], groups: Sequence[Sequence[str]], scope: Sequence[int], limit: int
) -> list[int]:
    query = " & ".join(
        "(" + " | ".join([f"'{typed[i]}':*", *(f"'{s}'" for s in group)]) + ")"
        for i, group in enumerate(groups)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM core_search_index, to_tsquery('simple', %s) q WHERE tsv @@ q AND scope && %s::bigint[]"
            " AND (%s OR permission = ANY(%s)) ORDER BY ts_rank(tsv, q) DESC, rowid LIMIT %s",
            [query, list(scope), actor.kind == "system", ["", *actor.permissions], limit],
        )
        return [row[0] for row in cursor.fetchall()]
