"""A table as a file of SPSS, with what its columns ask, what their numbers mean and which of these count as missing."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

LONGEST_LABEL, LONGEST_VALUE = (
    255,
    120,
)  # bytes; SPSS cuts what is longer, in the middle of a letter where it falls so
MOST_MISSING = 3  # values that SPSS can set apart for a column

Measure = Literal["nominal", "ordinal", "scale"]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A column. `format` is that of SPSS: "F8.2" for numbers, "A9" for texts of nine letters.

    `values` says what a number or a text means; `missing` are those of them that never count.
    """

    name: str
    label: str
    format: str = "F8.2"
    values: Mapping[int, str] | Mapping[str, str] = field(default_factory=dict)
    missing: Sequence[int] = ()
    measure: Measure = "nominal"

    @property
    def is_text(self) -> bool:
        return self.format.startswith("A")


def to_sav(variables: Sequence[Variable], rows: Iterable[Sequence[Cell]], *, label: str) -> bytes:
    """The file; a cell of None is empty. Column by column eight bytes a cell, or four where its values are all known.

    Raises ValueError when more values of a column are missing than SPSS can set apart.
    """
    if any(len(one.missing) > MOST_MISSING for one in variables):
        raise ValueError("at most three values of a column can be missing")
    import pandas  # late: slow import
    import pyreadstat  # late: slow import

    frame = pandas.DataFrame(_columns(variables, rows))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            frame,
            os.fspath(file),
            file_label=cut(label, 64),
            column_labels=[cut(one.label, LONGEST_LABEL) for one in variables],
            row_compress=True,
            variable_value_labels={
                one.name: {
                    value if one.is_text else float(value): cut(text, LONGEST_VALUE)
                    for value, text in one.values.items()
                }
                for one in variables
                if one.values
            },
            missing_ranges={one.name: list(one.missing) for one in variables if one.missing},
            variable_measure={one.name: one.measure for one in variables},
            variable_format={one.name: one.format for one in variables},
        )
        return file.read_bytes()


def _columns(variables: Sequence[Variable], rows: Iterable[Sequence[Cell]]) -> dict[str, object]:
    """Numbers as numbers, so that a hundred thousand lists fit; of texts each is there once, however often it stands."""
    import numpy  # late: slow import

    kept: list[array | list] = [[] if one.is_text else array("f" if one.values else "d") for one in variables]
    known: dict[str, str] = {}
    for row in rows:
        for column, cell in zip(kept, row, strict=True):
            if isinstance(column, list):
                text = str(cell or "")
                column.append(known.setdefault(text, text))
            else:
                column.append(float("nan") if cell is None else float(cell))
    return {
        one.name: numpy.array(column, dtype=object)
        if isinstance(column, list)
        else numpy.frombuffer(column, column.typecode)
        for one, column in zip(variables, kept, strict=True)
    }


def cut(text: str, most: int) -> str:
    """On one line, and at most so many bytes of whole letters."""
    return " ".join(text.split()).encode()[:most].decode(errors="ignore")
