"""What changed between two versions of a questionnaire, and which figures may therefore not stand in one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .measuring import Rule
from .questionnaire import Item, QuestionnaireBody


class Change(Enum):
    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    ANSWERS = "answers"  # another scale, other words or values, other bounds
    ASKED = "asked"  # of other year groups, in another module, along another route
    MOVED = "moved"


BREAKS = {Change.REWORDED, Change.ANSWERS}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one item differs; `before` is absent for an added item, `after` for one that is gone."""

    code: str
    changes: tuple[Change, ...]
    before: Item | None
    after: Item | None

    @property
    def breaks_series(self) -> bool:
        """Whether figures of before and after are answers to different questions."""
        return not BREAKS.isdisjoint(self.changes)


def difference(before: QuestionnaireBody, after: QuestionnaireBody) -> list[ItemChange]:
    """What changed, in the order of the new list, and what is gone after that; an item that stayed is left out."""
    old = {item.code: item for item in before.items}
    new = {item.code: item for item in after.items}
    moved = _moved([code for code in old if code in new], [code for code in new if code in old])
    found = [
        ItemChange(code, _changes(old.get(code), item, before, after, code in moved), old.get(code), item)
        for code, item in new.items()
    ]
    gone = [ItemChange(code, (Change.GONE,), item, None) for code, item in old.items() if code not in new]
    return [change for change in found if change.changes] + gone


def broken_measures(
    rules: Mapping[str, Rule], before: QuestionnaireBody, after: QuestionnaireBody
) -> frozenset[str]:
    """The measures, of those by code, whose figures of the two versions may not stand in one line.

    `rules` are those that read this questionnaire. An item that came or went changes a score as well.
    """
    shaken = {
        one.code
        for one in difference(before, after)
        if one.breaks_series or one.before is None or one.after is None
    }
    return frozenset(
        code
        for code, rule in rules.items()
        if any(not shaken.isdisjoint({part.item, part.per}) for part in rule.parts())
    )


def _changes(
    old: Item | None, new: Item, before: QuestionnaireBody, after: QuestionnaireBody, is_moved: bool
) -> tuple[Change, ...]:
    if old is None:
        return (Change.ADDED,)
    found = {
        Change.REWORDED: (old.text, old.hint) != (new.text, new.hint),
        Change.ANSWERS: _answers(before, old) != _answers(after, new),
        Change.ASKED: _asked(old) != _asked(new),
        Change.MOVED: is_moved,
    }
    return tuple(change for change, is_so in found.items() if is_so)


def _answers(questionnaire: QuestionnaireBody, item: Item) -> object:
    """Everything that makes an answer an answer; a face or a picture beside the words does not."""
    options = {
        variant: [(o.value, o.label, o.counts, o.exclusive) for o in questionnaire.answers_of(item, variant)]
        for variant in ("", *item.variants)
    }
    return item.kind, item.low, item.high, item.unit, options


def _asked(item: Item) -> object:
    return item.module, item.year_groups, item.show_if, item.topic


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest items that must have moved to come from one order to the other.

    Those that stayed are a longest run that ascends in both (patience sorting, n log n).
    """
    places = {code: place for place, code in enumerate(before)}
    tails: list[int] = []  # the lowest place at which a run of each length can end
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for code in after:
        length = bisect_left(tails, places[code])
        previous[code] = ends[length - 1] if length else None
        tails[length : length + 1] = [places[code]]
        ends[length : length + 1] = [code]
    stayed: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = previous[last]
    return set(after) - stayed
