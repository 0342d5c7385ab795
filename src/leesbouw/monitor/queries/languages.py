"""The languages in which a list may be filled in, beside Dutch."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from leesbouw.core.content import all_current, content_kinds, current

from ..domain.languages import PhrasesBody, missing
from .questionnaires import questionnaire

KIND = "questionnaire-phrases"

content_kinds.add(KIND, PhrasesBody)


def languages_of(key: str) -> dict[str, PhrasesBody]:
    """Language → the phrases of a list ("po-pupil@1"): of each that has all of its texts, and that the screens speak."""
    of, text = f"{key.partition('@')[0]}-", questionnaire(key).sha256
    rows = [item for item in all_current(KIND).values() if item.code.startswith(of)]
    found = [_whole(key, text, item.code, item.sha256) for item in rows]
    return {one.language: one for one in found if one and one.language in dict(settings.LANGUAGES)}


@lru_cache(maxsize=64)
def _whole(key: str, _text: str, code: str, _phrases: str) -> PhrasesBody | None:
    """Looked through once for each text of the list and of its phrases."""
    phrases: PhrasesBody = current(KIND, code).body
    return None if missing(questionnaire(key).body, phrases.phrases) else phrases
