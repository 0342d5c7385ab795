"""The pupil's page as bytes: drawn once for each list in this process, sent to every pupil who opens it.

Only the receipt differs, for who has no JavaScript; it stands near the end, so that what comes before it is
compressed once and the rest of the stream is finished for each pupil.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from ...domain.doors import new_receipt
from ...domain.languages import translated
from ...domain.questionnaire import Item
from ...queries.languages import languages_of
from ...queries.lists import AskedList
from ...queries.wording import language_of

PLACE = b"@@receipt@@"
GZIP = 31  # window bits that ask zlib for a gzip stream


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page cut in two at its receipt, and the compressed first half with the compressor that goes on from there."""

    head: bytes
    tail: bytes
    packed: bytes
    packer: Any

    def plain(self) -> bytes:
        return self.head + new_receipt().encode() + self.tail

    def gzipped(self) -> bytes:
        packer = self.packer.copy()
        return self.packed + packer.compress(new_receipt().encode() + self.tail) + packer.flush()


@lru_cache(maxsize=128)
def drawn(asked: AskedList, language: str = settings.LANGUAGE_CODE) -> Drawn:
    """Two lists that are equal are one page. In a language that the list does not have, it is the Dutch one."""
    others = languages_of(asked.key)
    spoken = others.get(language)
    names = {settings.LANGUAGE_CODE: "Nederlands", **{code: one.name for code, one in others.items()}}
    language = language if spoken else settings.LANGUAGE_CODE
    with translation.override(language_of(asked.body.sector, language)):
        if spoken:
            asked = replace(asked, body=translated(asked.body, spoken.phrases))
        context = context_of(asked)
        own = {one.code for one in asked.local}
        for one in context["steps"]:  # what the library asks itself stays in its own words
            one["lang"] = settings.LANGUAGE_CODE if spoken and one["item"].code in own else ""
        context["languages"] = {code: name for code, name in names.items() if code != language}
        page = render_to_string("monitor/fill/page.html", context).encode()
    head, _, tail = page.partition(PLACE)
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    packed = packer.compress(head) + packer.flush(zlib.Z_SYNC_FLUSH)
    return Drawn(head, tail, packed, packer)


def context_of(asked: AskedList) -> dict[str, Any]:
    steps = [step(asked, item) for item in asked.items]
    variant = next((one for one in asked.body.variants if one.code == asked.variant), None)
    return {
        "body": asked.body,
        "steps": sorted(steps, key=lambda one: not one["item"].is_year_group),
        "mark": hashlib.sha256(repr((asked.key, asked.variant, asked.local)).encode()).hexdigest()[:12],
        "aloud": bool(variant and variant.aloud),
        "receipt": PLACE.decode(),
    }


def step(asked: AskedList, item: Item) -> dict[str, Any]:
    """A question as the page shows it: the happiest face on top, and of a combination group its own year groups."""
    options = list(asked.body.answers_of(item, asked.variant))
    if item.is_year_group and asked.year_groups:
        options = [option for option in options if option.value in asked.year_groups]
    if any(option.face for option in options):
        counted = [option for option in options if option.counts]
        options = [*reversed(counted), *(option for option in options if not option.counts)]
    return {"item": item, "options": options, "gate": item.show_if}
