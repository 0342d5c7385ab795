"""Finding titles by what somebody types, with the mistakes that children make.

Each typed word stands for the words of the library that are spelt so, begin so, sound so, or differ by a letter or
two. A title is better the more of the typed words it holds, the nearer they are, and the higher they stand.
"""

from __future__ import annotations

import heapq
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from leesbouw.core.access import Actor
from leesbouw.core.among import listed
from leesbouw.core.db import Asked

from ..domain import as_isbn, sound_of, words_of
from ..domain.spelling import SMALL_WORDS
from ..models import Copy, Title, TitleWord, WordPlace
from .catalogue import titles_for

MOST_WORDS = 8
MOST_ALIKE = 12  # words that one typed word may stand for
RAREST = 2  # words of which the titles are looked at
MOST_PLACES = 2000  # of each
MOST_WITH_COMMON = 500  # titles of which is asked whether they hold the common words too
MOST_WEIGHED = 120  # titles that are held against the whole of what was typed
KEPT_FOR = 60  # seconds that the words of a library are kept in memory
EXACT, BEGINS, SOUNDS, NEAR, FURTHER = 1.0, 0.8, 0.85, 0.7, 0.5

SHORTEST, LONG = 3, 6  # letters from which one mistake is forgiven, and two

ENDS = 2  # letters by which long words stand together

Row = tuple[int, int, int]  # title, word, weight

# Asked with every letter that somebody types, so put together once.
_WORD = ("pk", "word", "sound", "titles")
_PLACE = ("title", "word", "weight")
_SPELT = Asked(
    lambda: TitleWord.objects.filter(library=0).filter(word__among="").order_by().values_list(*_WORD)
)
_SOUNDING = Asked(
    lambda: TitleWord.objects.filter(library=0).filter(sound__among="").order_by().values_list(*_WORD)
)
_BEGUN = Asked(
    lambda: (
        TitleWord.objects.filter(library=0)
        .filter(word__gte="")
        .filter(word__lt="")
        .order_by("-titles")
        .values_list("pk", "titles")[:MOST_ALIKE]
    )
)
_PLACES = Asked(lambda: WordPlace.objects.filter(word__among="").order_by().values_list(*_PLACE))
_BEST_PLACES = Asked(
    lambda: WordPlace.objects.filter(word__among="").order_by("-weight").values_list(*_PLACE)[:MOST_PLACES]
)
_PLACES_OF = Asked(
    lambda: WordPlace.objects.filter(word__among="").filter(title__among="").order_by().values_list(*_PLACE)
)
_NAMES = Asked(lambda: Title.objects.filter(pk__among="").order_by().values_list("pk", "title"))

_kept: dict[int, tuple[float, Words]] = {}


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
    if not titles_for(actor).filter(library=library_id).order_by().exists():
        return []  # not this actor's catalogue; its words lead to its own titles alone
    wanted = " ".join(every)
    near = {
        pk: scores[pk] + fuzz.ratio(wanted, " ".join(words_of(name))) / 100
        for pk, name in _NAMES.rows(listed(best))
    }
    return sorted(near, key=lambda pk: (-near[pk], pk))[:limit]


def _isbn_in(text: str) -> str:
    try:
        return as_isbn(text)
    except ValueError:
        return ""


@dataclass(slots=True)
class _Typed:
    """What one typed word may stand for: word of the library → how near it is, and in how many titles they are."""

    near: dict[int, float]
    titles: int


def _scores(library_id: int, words: Sequence[str]) -> dict[int, float]:
    """Title → how well it fits: the sum over the typed words of nearness times the weight of the place.

    Only titles that hold one of the two rarest words are looked at, and of the best of those whether they hold the common
    words too: of a common word there are thousands.
    """
    typed = [one for one in _typed(library_id, words) if one.near]
    rare = sorted(typed, key=lambda one: one.titles)[:RAREST]
    places = _places(typed, rare)
    found = {title for one in rare for title, _word, _weight in places[id(one)]}
    scores = dict.fromkeys(found, 0.0)
    common = [one for one in typed if id(one) not in places]
    for one in typed:
        _add(scores, one, places.get(id(one), ()))
    if common:
        likely = heapq.nlargest(MOST_WITH_COMMON, scores, key=scores.__getitem__)
        rows = _PLACES_OF.rows(listed(_words_in(common)), listed(likely))
        for one in common:
            _add(scores, one, rows)
    return scores


def _add(scores: dict[int, float], one: _Typed, rows: Iterable[Row]) -> None:
    """Adds to each title what the best of its places is worth for one typed word."""
    best: dict[int, float] = {}
    for title, word, weight in rows:
        if title in scores and word in one.near:
            score = one.near[word] * (6 + weight) / 10
            if score > best.get(title, 0.0):
                best[title] = score
    for title, score in best.items():
        scores[title] += score


def _places(typed: Sequence[_Typed], rare: Sequence[_Typed]) -> dict[int, list[Row]]:
    """id of a typed word → where its words are. Those that are in few titles are read at once; of a rarest that is in
    many the best places; of another that is in many nothing yet."""
    few = [one for one in typed if one.titles <= MOST_PLACES]
    rows = _PLACES.rows(listed(_words_in(few))) if few else []
    found: dict[int, list[Row]] = {id(one): [row for row in rows if row[1] in one.near] for one in few}
    for one in rare:
        if id(one) not in found:
            found[id(one)] = _BEST_PLACES.rows(listed(_words_in([one])))
    return found


def _words_in(typed: Iterable[_Typed]) -> set[int]:
    return {word for one in typed for word in one.near}


def _typed(library_id: int, typed: Sequence[str]) -> list[_Typed]:
    """For each typed word the words of the library that it may stand for. Only what is not in the catalogue as it was
    typed, nor sounds like it, is held against every word for mistakes."""
    sounds = {word: sound_of(word) for word in typed}
    rows = set(_SPELT.rows(library_id, listed(typed)))
    rows.update(_SOUNDING.rows(library_id, listed(set(sounds.values()))))
    known = {row[1] for row in rows}
    near = {word: _spelt_nearly(library_id, word) for word in typed if word not in known}
    spelt = {word for one in near.values() for word in one} - known
    rows.update(_SPELT.rows(library_id, listed(spelt)) if spelt else ())
    last = typed[-1]  # somebody may still be typing it
    rows_begun = _BEGUN.rows(library_id, last, last + "\u007f") if len(last) >= 2 else []
    result = []
    for at, word in enumerate(typed):
        found = {
            pk: (
                EXACT
                if one == word
                else max(near.get(word, {}).get(one, 0.0), SOUNDS * (sound == sounds[word])),
                number,
            )
            for pk, one, sound, number in rows
        }
        for pk, number in rows_begun if at == len(typed) - 1 else ():
            found[pk] = (max(found.get(pk, (0.0, 0))[0], BEGINS), number)
        best = sorted(((how, pk, number) for pk, (how, number) in found.items() if how), reverse=True)[
            :MOST_ALIKE
        ]
        result.append(
            _Typed({pk: how for how, pk, _number in best}, sum(number for _how, _pk, number in best))
        )
    return result


def _spelt_nearly(library_id: int, word: str) -> dict[str, float]:
    """Words that differ by one letter; where there are none and the word is long, by two. Two that changed places are
    one mistake."""
    if len(word) < SHORTEST:
        return {}
    words = _words(library_id)
    mistakes = ((1, NEAR), (2, FURTHER)) if len(word) >= LONG else ((1, NEAR),)
    for most, how in mistakes:
        choices = words.one_off(word) if most == 1 else words.about_as_long(word, most)
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=MOST_ALIKE)
        if near:
            return {one: how for one, _distance, _at in near}
    return {}


class Words:
    """The words of a library in memory, for spelling mistakes alone."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.by_begin: dict[str, list[str]] = defaultdict(list)
        self.by_end: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self.by_length[len(word)].append(word)
            self.by_begin[word[:ENDS]].append(word)
            self.by_end[word[-ENDS:]].append(word)

    def about_as_long(self, word: str, most: int) -> list[str]:
        """Words that are at most this many letters longer or shorter."""
        sizes = range(len(word) - most, len(word) + most + 1)
        return [one for size in sizes for one in self.by_length.get(size, ())]

    def one_off(self, word: str) -> list[str]:
        """Words among which all are that differ by one mistake. It touches two letters side by side at most, so of a
        long word either the begin or the end is as it was."""
        if len(word) < LONG:
            return self.about_as_long(word, 1)
        return [*self.by_begin.get(word[:ENDS], ()), *self.by_end.get(word[-ENDS:], ())]


def _words(library_id: int) -> Words:
    """The words of a library, read again at most once a minute."""
    until, words = _kept.get(library_id, (0.0, None))
    if words is None or time.monotonic() >= until:
        rows = TitleWord.objects.filter(library=library_id).values_list("word", flat=True)
        words = Words(rows.iterator(chunk_size=5000))
        _kept[library_id] = (time.monotonic() + KEPT_FOR, words)
    return words


def forget_words() -> None:
    """Reads the words anew at the next question."""
    _kept.clear()
