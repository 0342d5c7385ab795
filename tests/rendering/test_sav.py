"""Files of SPSS, read back by the library that reads those of others."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.rendering.sav import LONGEST_LABEL, LONGEST_VALUE, Variable, _columns, cut, to_sav

NUMBER = Variable("hours", "Hoeveel uur?", measure="scale")
CHOICE = Variable(
    "L10", "Vind je het leuk?", values={1: "niet", 4: "erg leuk", 99: "één ding: geen idee"}, missing=[99]
)
TEXT = Variable("mode", "Hoe?", "A8", {"alone": "Zelf"})


def read(content: bytes, folder: Path, **wishes: bool):  # type: ignore[no-untyped-def]
    file = folder / "a.sav"
    file.write_bytes(content)
    return pyreadstat.read_sav(str(file), output_format="dict", **wishes)


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    rows = [(2.3, 4, "alone"), (None, 99, ""), (0.1, None, "groep é")]
    found, told = read(to_sav([NUMBER, CHOICE, TEXT], rows, label="Lijst"), tmp_path, user_missing=True)
    assert (found["hours"][0], found["hours"][2]) == (2.3, 0.1)
    assert found["hours"][1] is None
    assert list(found["L10"][:2]) == [4, 99]
    assert list(found["mode"]) == ["alone", "", "groep é"]
    assert told.variable_value_labels == {"L10": dict(CHOICE.values), "mode": {"alone": "Zelf"}}
    assert told.column_names_to_labels["L10"] == "Vind je het leuk?"
    assert told.missing_ranges == {"L10": [{"lo": 99.0, "hi": 99.0}]}
    assert told.file_encoding == "UTF-8"


def test_what_never_counts_is_missing_for_who_counts(tmp_path: Path) -> None:
    found, _told = read(to_sav([CHOICE], [(4,), (99,)], label=""), tmp_path)
    assert found["L10"][0] == 4
    assert found["L10"][1] is None


def test_more_missing_values_than_spss_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="three"):
        to_sav([Variable("a", "a", missing=[96, 97, 98, 99])], [], label="")


@given(st.text(max_size=400), st.sampled_from([LONGEST_LABEL, LONGEST_VALUE, 64]))
def test_a_label_fits_and_ends_with_a_whole_letter(text: str, most: int) -> None:
    kept = cut(text, most)
    assert len(kept.encode()) <= most
    assert " ".join(text.split()).startswith(kept)


def test_cells_are_kept_as_numbers_and_texts_once() -> None:
    """A thousand rows of forty choices: four bytes a cell and nothing beside it that grows with the rows."""
    choices = [Variable(f"c{n}", "", values={1: "a"}) for n in range(40)]
    tracemalloc.start()
    try:
        kept = _columns([*choices, TEXT], ([1] * 40 + ["al" + "one"] for _each in range(1000)))
        _size, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) == 41
    assert peak < 1000 * (40 * 4 + 2 * 8) * 1.5 + 100_000
