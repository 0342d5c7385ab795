"""The rules by which a measure is read from a list: the table `rule` of a measure's file.

Whoever skipped the item, was not asked it or chose an answer that does not count ("we have none", "I do not know") is
not in the base. A rule names the code of a questionnaire; it holds for every version that has its items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from leesbouw.core.content import Body

from ..questionnaire import CHOICES, Item, QuestionnaireBody

Points = dict[int, float]


class Part(Body):
    """An item that gives a number.

    `points` say what each answer is worth, in the measure's own unit. Without them a score takes the place of the
    answer on its scale as 0-100; several choices count by how many of them were made, a number by its share of `top`.
    `per` is another item by which the number is divided, as in books per pupil.
    """

    item: str
    per: str = ""
    points: Points = Field(default_factory=dict)
    top: float | None = Field(default=None, gt=0)


class _Rule(Body):
    questionnaire: str
    variant: str = ""  # only lists of this variant, where the item has another scale for it

    def parts(self) -> tuple[Part, ...]:
        raise NotImplementedError


class _OneItem(_Rule):
    item: str

    def parts(self) -> tuple[Part, ...]:
        return (Part(item=self.item),)


class Share(_OneItem):
    """Who chose one of `values`, or for a number who has `at_least` so much: 1, and 0 for everybody else."""

    op: Literal["share"]
    values: tuple[int, ...] = ()
    at_least: float | None = None


class Count(_OneItem):
    """How many of several answers were chosen; an answer that puts out the others counts as none."""

    op: Literal["count"]


class Mean(_OneItem):
    """The number itself, also per another item, or the points of the answer."""

    op: Literal["mean"]
    per: str = ""
    points: Points = Field(default_factory=dict)

    def parts(self) -> tuple[Part, ...]:
        return (Part(item=self.item, per=self.per, points=self.points),)


class Product(_Rule):
    """The product of points, such as minutes a time × times a week. One factor that is zero is enough to know it."""

    op: Literal["product"]
    factors: tuple[Part, ...] = Field(min_length=2)

    def parts(self) -> tuple[Part, ...]:
        return self.factors


class Score(_Rule):
    """The mean of its items as 0-100, for who answered at least `enough` of them (0-1).

    `passed_is_zero`: an item that an earlier answer led past counts as 0, because who has no library has no opening
    hours either. Our own composition (monitor.md §1c); the half is the usual rule for scales.
    """

    op: Literal["score"]
    items: tuple[Part, ...] = Field(min_length=2)
    enough: float = Field(default=0.5, gt=0, le=1)
    passed_is_zero: bool = False

    def parts(self) -> tuple[Part, ...]:
        return self.items


Rule = Share | Count | Mean | Product | Score
_adapter: TypeAdapter[Rule] = TypeAdapter(Annotated[Rule, Field(discriminator="op")])


def rule_of(data: Mapping[str, Any]) -> Rule:
    """The rule that a measure's file gives. Raises pydantic's ValidationError."""
    return _adapter.validate_python(data)


def rule_faults(rule: Rule, questionnaire: QuestionnaireBody) -> Iterator[str]:
    """Why a rule cannot be used on a list; nothing when it can."""
    known = {item.code: item for item in questionnaire.items}
    for part in rule.parts():
        item = known.get(part.item)
        if item is None:
            yield f"no item {part.item}"
            continue
        counted = {o.value for o in questionnaire.answers_of(item, rule.variant) if o.counts}
        if part.points and set(part.points) != counted:
            yield f"{part.item}: not every answer has points"
        if part.per and getattr(known.get(part.per), "kind", "") != "number":
            yield f"{part.item}: there is no number {part.per} to divide it by"
        if rule.op == "share":
            yield from _share_faults(rule, item, counted)
        elif rule.op == "count":
            if item.kind != "multi":
                yield f"{part.item}: only several choices can be counted"
        elif not part.points and not _gives_a_number(rule, part, item):
            yield f"{part.item}: its answers have no points"


def _share_faults(rule: Share, item: Item, counted: set[int]) -> Iterator[str]:
    if item.kind in CHOICES:
        if rule.at_least is not None or not rule.values or not set(rule.values) <= counted:
            yield f"{item.code}: a share needs answers that count"
        elif set(rule.values) == counted and item.kind == "single":
            yield f"{item.code}: a share of every answer is always everybody"
    elif item.kind == "open" or rule.at_least is None:
        yield f"{item.code}: a share of numbers needs a least number"


def _gives_a_number(rule: Rule, part: Part, item: Item) -> bool:
    if rule.op == "score":
        return item.kind in {*CHOICES, "grade"} or (item.kind != "open" and part.top is not None)
    return item.kind in {"number", "hours", "grade"}
