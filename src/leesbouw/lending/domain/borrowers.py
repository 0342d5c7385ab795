"""Who borrows: a child, a class or a teacher, as a kind and a number."""

from __future__ import annotations

from dataclasses import dataclass

from ..enums import BorrowerKind


@dataclass(frozen=True, slots=True)
class Borrower:
    kind: BorrowerKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Borrower | None:
        """Reads "pupil:12"; None for "" and for anything else."""
        kind, _colon, number = text.partition(":")
        if (
            kind not in BorrowerKind.values
            or not number.isascii()
            or not number.isdigit()
            or len(number) > 18
        ):
            return None
        return cls(BorrowerKind(kind), int(number))
