"""What a questionnaire is: a file that is complete in itself, so that what was once asked never changes.

Answers are numbers. The answers of a scale that count are 1, 2, … in ascending order; "I do not know", "we have none"
and "I would rather not say" have 97, 98 and 99 and never count (monitor.md §1a). The status of an item says how sure
we are that the Monitor asks it: G a source says so, I a published outcome proves it, P a sister study asks it, A ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from leesbouw.core.content import Body

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[0-9]{2}[a-z]?$", max_length=12)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Kind = Literal["single", "multi", "number", "hours", "grade", "open"]
Face = Literal["", "low", "less", "even", "good", "wow"]
CHOICES = ("single", "multi")
UNCOUNTED = range(97, 100)  # absent, unknown, unsaid: as in the files that researchers know
OPEN_LENGTH = 500


class Option(Body):
    """One answer. A face only ever stands beside words; `exclusive` puts out the others of a multi."""

    value: int
    label: Text
    face: Face = ""
    picture: str = ""
    counts: bool = True
    exclusive: bool = False


class Module(Body):
    """A part that a round switches on or off."""

    code: Word
    title: Text
    default: bool = False


class Topic(Body):
    code: Word
    title: Text


class Variant(Body):
    """A shorter list for some schools: these items only, with the scales that the items name for it."""

    code: Word
    title: Text
    sectors: tuple[str, ...]
    items: tuple[Code, ...]
    aloud: bool = True


class ShowIf(Body):
    """The item is skipped when `item`, an earlier one, got an answer that is none of these values."""

    item: Code
    values: tuple[int, ...] = Field(min_length=1)


class Item(Body):
    """One question, one screen.

    `scale` and `options` together are its answers, the scale first. `low` and `high` bound a number. `year_groups` are
    those to whom it is asked; empty means all. `variants` maps a variant to the scale that it uses instead. `fact` is
    the fact that fills it in beforehand, `breakdown` the word under which figures are split by it; the item that
    `is_year_group` has the year groups themselves as values, and is asked only when the class does not tell.
    """

    code: Code
    topic: Word
    text: Text
    kind: Kind
    hint: str = ""
    module: str = ""
    scale: str = ""
    options: tuple[Option, ...] = ()
    low: float = 0
    high: float = 9999
    unit: str = ""
    year_groups: tuple[int, ...] = ()
    show_if: ShowIf | None = None
    variants: dict[str, str] = Field(default_factory=dict)
    is_year_group: bool = False
    fact: str = ""
    breakdown: str = ""
    status: Literal["G", "I", "P", "A"]
    origin: str = ""
    official_code: str = ""

    @model_validator(mode="after")
    def _answers_fit(self) -> Item:
        if (self.kind in CHOICES) != bool(self.scale or self.options):
            raise ValueError(f"{self.code}: choices, and only choices, have a scale or options")
        if self.kind == "grade" and (self.low, self.high) != (1, 10):
            raise ValueError(f"{self.code}: a grade runs from 1 to 10")
        return self


class QuestionnaireBody(Body):
    """A questionnaire: who answers what, in which order. Raises when its parts do not fit together."""

    sector: Literal["po", "vo", "ko"]
    respondent: Literal["pupil", "teacher", "consultant", "worker", "coordinator", "library"]
    minutes: int = Field(gt=0)
    intro: Text
    thanks: Text
    modules: tuple[Module, ...] = ()
    scales: dict[str, tuple[Option, ...]] = Field(default_factory=dict)
    topics: tuple[Topic, ...]
    variants: tuple[Variant, ...] = ()
    items: tuple[Item, ...]

    @model_validator(mode="after")
    def _parts_fit(self) -> QuestionnaireBody:
        faults = [*_doubles(self), *_strangers(self), *_wrong_routes(self), *_wrong_values(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def item(self, code: str) -> Item:
        """Raises LookupError."""
        for item in self.items:
            if item.code == code:
                return item
        raise LookupError(f"no item {code}")

    def answers_of(self, item: Item, variant: str = "") -> tuple[Option, ...]:
        """The answers one may choose from; empty for a number or free text."""
        scale = item.variants.get(variant, item.scale)
        return (*self.scales.get(scale, ()), *item.options)

    def default_modules(self) -> tuple[str, ...]:
        return tuple(module.code for module in self.modules if module.default)

    def variant_for(self, sector: str) -> str:
        """The code of the variant for schools of a sector; empty for the whole list."""
        return next((variant.code for variant in self.variants if sector in variant.sectors), "")


def _doubles(body: QuestionnaireBody) -> Iterator[str]:
    for name in ("items", "topics", "modules", "variants"):
        codes = [part.code for part in getattr(body, name)]
        yield from (f"{name}: {code} occurs twice" for code in sorted(set(codes)) if codes.count(code) > 1)
    if sum(item.is_year_group for item in body.items) > 1:
        yield "two items ask for the year group"


def _strangers(body: QuestionnaireBody) -> Iterator[str]:
    """What is named and does not exist, and what exists and is never used."""
    topics = {topic.code for topic in body.topics}
    modules = {"", *(module.code for module in body.modules)}
    variants = {variant.code for variant in body.variants}
    used = {scale for item in body.items for scale in (item.scale, *item.variants.values())} - {""}
    for item in body.items:
        if item.topic not in topics or item.module not in modules or not set(item.variants) <= variants:
            yield f"{item.code}: unknown topic, module or variant"
    yield from (f"unknown scale {scale}" for scale in sorted(used - set(body.scales)))
    yield from (f"scale {scale} is never used" for scale in sorted(set(body.scales) - used))
    yield from (f"topic {topic} has no item" for topic in sorted(topics - {i.topic for i in body.items}))
    codes = {item.code for item in body.items}
    for variant in body.variants:
        yield from (f"{variant.code}: unknown item {code}" for code in variant.items if code not in codes)


def _wrong_routes(body: QuestionnaireBody) -> Iterator[str]:
    """Routing points backwards, to a choice, at values that it has."""
    earlier: dict[str, Item] = {}
    for item in body.items:
        if item.show_if:
            gate = earlier.get(item.show_if.item)
            if gate is None or gate.kind not in CHOICES:
                yield f"{item.code}: routing must point back to an earlier choice"
            elif not set(item.show_if.values) <= {option.value for option in body.answers_of(gate)}:
                yield f"{item.code}: {gate.code} has no such answer"
        earlier[item.code] = item


def _wrong_values(body: QuestionnaireBody) -> Iterator[str]:
    for item in body.items:
        if item.kind not in CHOICES:
            continue
        for variant in ("", *item.variants):
            options = body.answers_of(item, variant)
            counted = [option.value for option in options if option.counts]
            others = [option.value for option in options if not option.counts]
            if not item.is_year_group and counted != list(range(1, len(counted) + 1)):
                yield f"{item.code}: the answers that count are 1, 2, … in order"
            if len(set(others)) != len(others) or not set(others) <= set(UNCOUNTED):
                yield f"{item.code}: what does not count is 97, 98 or 99"
            if item.kind == "single" and any(option.exclusive for option in options):
                yield f"{item.code}: only one of several answers can put out the others"
