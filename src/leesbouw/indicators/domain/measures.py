"""What is measured: a file per measure, in versions. The room that asks the questions makes the cells of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from leesbouw.core.content import Body

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
PERCENT = "%"
LOCAL = "local"


class MeasureBody(Body):
    """A share of those who answered, or the mean of what they answered.

    `name` stands above a figure ("Leesplezier"), `says` completes a sentence about those who count in it ("vindt lezen
    leuk"). `main` measures are the few that a small group may see. `unit` is "%" for shares. `comparable_with` names
    earlier versions whose figures may stand in one line with these; any other version breaks the line. `rule` is read
    by the room that makes the cells. `definition` says in one sentence what was counted.
    """

    name: Text
    says: Text
    population: Literal["pupils", "teachers", "locations"]
    kind: Literal["share", "mean"]
    topic: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    main: bool = False
    unit: Annotated[str, StringConstraints(min_length=1, max_length=40)] = PERCENT
    higher_is_better: bool = True
    comparable_with: tuple[Annotated[int, Field(ge=1)], ...] = ()
    rule: dict[str, Any] = Field(default_factory=dict)
    definition: Text

    @model_validator(mode="after")
    def _unit_fits(self) -> MeasureBody:
        if (self.kind == "share") != (self.unit == PERCENT):
            raise ValueError("a share has % as its unit, and a mean something else")
        return self


def local_code(population: str, question_id: int, value: int) -> str:
    """The share that chose one answer to a question of a library itself, such as "local:pupils:12:3".

    Such a measure has no file and one version: its code tells all that figures must know of it.
    """
    return f"{LOCAL}:{population}:{question_id}:{value}"


def local_body(code: str) -> MeasureBody | None:
    """What such a code says; None for any other. It is a main measure, because there is nothing beside it to show."""
    kind, _, rest = code.partition(":")
    if kind != LOCAL:
        return None
    return MeasureBody(
        name=code,
        says=code,
        population=rest.partition(":")[0],  # type: ignore[arg-type]
        kind="share",
        topic=LOCAL,
        main=True,
        definition=code,
    )
