"""Finding titles by what somebody types, with the mistakes that children make.

Each typed word stands for the words of the library that are spelt so, begin so, sound so, or differ by a letter or
two. A title is better the more of the typed words it holds, the nearer they are, and the higher they stand.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from leesbouw.core.access import Actor

from ..domain import as_isbn, sound_of, words_of
from ..domain.spelling import SMALL_WORDS
from ..models import Copy, TitleWord, WordPlace
from .catalogue import titles_for

MOST_WORDS = 8
MOST_ALIKE = 12  # words that one typed word may stand for
MOST_WEIGHED = 120  # titles that are held against the whole of what was typed
KEPT_FOR = 60  # seconds that the words of a library are kept in memory
EXACT, BEGINS, SOUNDS, NEAR, FURTHER = 1.0, 0.8, 0.85, 0.7, 0.5

SHORTEST, LONG = 3, 6  # letters from which one mistake is forgiven, and two

_kept: dict[int, tuple[float, dict[int, list[str]]]] = {}


def found_ids(actor: Actor, library_id: int, text: str, *, limit: int = 100) -> list[int]:
    """The ids of a library's titles that fit a text, best first. A whole ISBN or barcode finds that book alone."""
    if number := _isbn_in(text):
        return list(titles_for(actor).filter(library=library_id, isbn=number).values_list("pk", flat=True))
    of_copy = Copy.objects.visible_to(actor).filter(library=library_id, barcode=text.strip())
    if text.strip().isalnum() and (by_barcode := list(of_copy.values_list("title", flat=True))):
        return by_barcode
    every = words_of(text)[:MOST_WORDS]
    typed = [word for word in every if word not in SMALL_WORDS] or every
    if not typed:
        return []
    scores = _scores(library_id, typed)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[: max(limit, MOST_WEIGHED)]
    names = titles_for(actor).filter(library=library_id, pk__in=best).values_list("pk", "title")
    wanted = " ".join(every)
    near = {pk: scores[pk] + fuzz.ratio(wanted, " ".join(words_of(name))) / 100 for pk, name in names}
    return sorted(near, key=lambda pk: (-near[pk], pk))[:limit]


def _isbn_in(text: str) -> str:
    try:
        return as_isbn(text)
    except ValueError:
        return ""


def _scores(library_id: int, typed: Sequence[str]) -> dict[int, float]:
    """Title → how well it fits: the sum over the typed words of nearness times the weight of the place."""
    nearness = _nearness(library_id, typed)
    every = {pk for one in nearness for pk in one}
    by_title: dict[int, list[tuple[int, int]]] = defaultdict(list)
    places = WordPlace.objects.filter(word__in=every).values_list("word", "title", "weight")
    for word, title, weight in places:
        by_title[title].append((word, weight))
    return {
        title: sum(
            max((one.get(word, 0.0) * (6 + weight) / 10 for word, weight in found), default=0.0)
            for one in nearness
        )
        for title, found in by_title.items()
    }


def _nearness(library_id: int, typed: Sequence[str]) -> list[dict[int, float]]:
    """For each typed word the words of the library that it may stand for, with how near each is."""
    near = [_spelt_nearly(library_id, word) for word in typed]
    sounds = [sound_of(word) for word in typed]
    spelt = {*typed, *(word for one in near for word in one)}
    words = TitleWord.objects.filter(library=library_id)
    rows = list(words.filter(Q(word__in=spelt) | Q(sound__in=set(sounds))).values_list("pk", "word", "sound"))
    result: list[dict[int, float]] = []
    for word, sound, one in zip(typed, sounds, near, strict=True):
        found: dict[int, float] = {}
        for pk, known, known_sound in rows:
            how = (
                EXACT if known == word else max(one.get(known, 0.0), SOUNDS if known_sound == sound else 0.0)
            )
            if how:
                found[pk] = how
        result.append(dict(sorted(found.items(), key=lambda pair: -pair[1])[:MOST_ALIKE]))
    if len(typed[-1]) >= 2:  # somebody may still be typing the last one
        begun = words.filter(word__gte=typed[-1], word__lt=typed[-1] + "\u007f").order_by("word")
        for pk in begun.values_list("pk", flat=True)[:MOST_ALIKE]:
            result[-1][pk] = max(result[-1].get(pk, 0.0), BEGINS)
    return result


def _spelt_nearly(library_id: int, word: str) -> dict[str, float]:
    """Words that differ by one letter, or by two in a word of six letters or more; two that changed places are one."""
    if len(word) < SHORTEST:
        return {}
    most = 1 if len(word) < LONG else 2
    by_length = _words(library_id)
    choices = [
        one for size in range(len(word) - most, len(word) + most + 1) for one in by_length.get(size, ())
    ]
    near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=MOST_ALIKE)
    return {one: NEAR if distance <= 1 else FURTHER for one, distance, _at in near}


def _words(library_id: int) -> dict[int, list[str]]:
    """The words of a library by length, for spelling mistakes alone; read again at most once a minute."""
    until, by_length = _kept.get(library_id, (0.0, {}))
    if time.monotonic() < until:
        return by_length
    by_length = defaultdict(list)
    for word in (
        TitleWord.objects.filter(library=library_id).values_list("word", flat=True).iterator(chunk_size=5000)
    ):
        by_length[len(word)].append(word)
    _kept[library_id] = (time.monotonic() + KEPT_FOR, by_length)
    return by_length


def forget_words() -> None:
    """Reads the words anew at the next question."""
    _kept.clear()
