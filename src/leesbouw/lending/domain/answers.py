"""What a request came down to, small enough to be kept for a day: codes and numbers of loans, never who borrowed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ..enums import Do, Fix, Why

Undoable = tuple[Any, ...]  # name of a step, numbers and codes that its inverse needs


@dataclass(frozen=True, slots=True)
class Answer:
    """`steps` are the writes in order, each with what its inverse needs. `loan`: the one that a sentence is about.

    `box`: a collection was scanned as a whole; `left` are its copies that had no part in it, each with why.
    """

    do: Do
    why: Why | None = None
    fix: Fix | None = None
    offer: Fix | None = None
    copy: int | None = None
    loan: int | None = None
    hold: int | None = None  # for which the copy lies ready now
    steps: tuple[Undoable, ...] = field(default=())
    undone: bool = False
    box: int | None = None
    left: tuple[tuple[int, Why], ...] = field(default=())

    @property
    def can_be_undone(self) -> bool:
        return bool(self.steps) and not self.undone

    def to_text(self) -> str:
        values = {key: value for key, value in asdict(self).items() if value}
        return json.dumps(values, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Answer:
        """Raises ValueError for the answer of another kind of request."""
        try:
            values = json.loads(text)
            return cls(
                do=Do(values["do"]),
                why=Why(values["why"]) if "why" in values else None,
                fix=Fix(values["fix"]) if "fix" in values else None,
                offer=Fix(values["offer"]) if "offer" in values else None,
                copy=values.get("copy"),
                loan=values.get("loan"),
                hold=values.get("hold"),
                steps=tuple(tuple(step) for step in values.get("steps", ())),
                undone=bool(values.get("undone")),
                box=values.get("box"),
                left=tuple((copy, Why(why)) for copy, why in values.get("left", ())),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not an answer of the desk") from error
