"""The words of titles, so that searching them is quick and forgives mistakes. Kept in the write that changes a title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F

from leesbouw.core.db import insert_rows

from ..domain import sound_of, words_of
from ..models import Title, TitleWord, WordPlace
from ..queries import forget_words

LONGEST = 40  # letters of a word that count
IN_TITLE, OF_WRITER, IN_SERIES, IN_THEME = 4, 3, 2, 1


def index_titles(titles: Sequence[Title], *, fresh: bool = False) -> None:
    """Writes the words of these titles of one library anew, inside the caller's write; `fresh`: none was there."""
    if not titles:
        return
    change: Counter[int] = Counter()
    if not fresh:
        old = WordPlace.objects.filter(title__in=[title.pk for title in titles])
        change.subtract(old.values_list("word", flat=True))
        old.delete()
    wanted = {title.pk: _weights(title) for title in titles}
    ids = _words(titles[0].library_id, {word for weights in wanted.values() for word in weights})
    insert_rows(
        WordPlace,
        ("word", "title", "weight"),
        [(ids[word], pk, weight) for pk, weights in wanted.items() for word, weight in weights.items()],
    )
    change.update(ids[word] for weights in wanted.values() for word in weights)
    _count(change)


def forget_titles(titles: Sequence[int]) -> None:
    """Counts the words of titles that are about to go, inside the caller's write; their places go with them."""
    _count(Counter({word: -number for word, number in Counter(_words_in(titles)).items()}))


def _words_in(titles: Sequence[int]) -> Iterable[int]:
    return WordPlace.objects.filter(title__in=titles).values_list("word", flat=True)


def _count(change: Counter[int]) -> None:
    """Adds to the number of titles of each word: few statements, because most words gain or lose one."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for word, number in change.items():
        if number:
            by_number[number].append(word)
    for number, words in by_number.items():
        TitleWord.objects.filter(pk__in=words).update(titles=F("titles") + number)


def _weights(title: Title) -> dict[str, int]:
    """Each word of a title with the weight of the best place where it stands."""
    weights: dict[str, int] = {}
    for texts, weight in (
        ([title.title, title.subtitle], IN_TITLE),
        (title.authors, OF_WRITER),
        ([title.series], IN_SERIES),
        ([*title.themes, title.genre], IN_THEME),
    ):
        for word in _all_words(texts):
            weights.setdefault(word, weight)
    return weights


def _all_words(texts: Iterable[str]) -> list[str]:
    return [word[:LONGEST] for text in texts for word in words_of(text)]


def _words(library_id: int, words: set[str]) -> dict[str, int]:
    """The ids of these words of a library; new ones are made."""
    there = TitleWord.objects.filter(library=library_id)
    ids = dict(there.filter(word__in=words).values_list("word", "pk"))
    fresh = sorted(words - set(ids))
    if fresh:
        TitleWord.objects.bulk_create(
            [TitleWord(library_id=library_id, word=word, sound=sound_of(word)[:LONGEST]) for word in fresh],
            ignore_conflicts=True,  # another import of the same library made it a moment ago
        )
        forget_words()
        ids |= dict(there.filter(word__in=fresh).values_list("word", "pk"))
    return ids
