"""What is held in memory to find a misspelt word never leaves out a word that differs by one mistake."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from leesbouw.collection.queries.searching import Words

letters = st.text("abcdrt", min_size=3, max_size=10)


@given(known=st.lists(letters, unique=True), typed=letters)
def test_words_one_mistake_away_are_all_held_against_it(known: list[str], typed: str) -> None:
    near = {word for word in known if OSA.distance(word, typed) == 1}
    assert near <= set(Words(known).one_off(typed))


@given(word=letters, at=st.integers(0, 9), to=st.sampled_from("abcdrt"), kind=st.sampled_from("adsx"))
def test_a_word_with_one_mistake_in_it_is_found_again(word: str, at: int, to: str, kind: str) -> None:
    at = min(at, len(word) - 2)
    typed = {
        "a": word[:at] + to + word[at:],
        "d": word[:at] + word[at + 1 :],
        "s": word[:at] + to + word[at + 1 :],
        "x": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[kind]
    assert word in Words([word, "andere"]).one_off(typed)
