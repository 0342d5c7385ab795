"""One row of a file of pupils, cleaned: a pupil or a teacher, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..columns import Cleaned, clean_columns, shown_raw
from . import cleaning as c
from .columns import COLUMNS
from .years import year_group, year_in_group_name

YEARS = ("year_group", "group_year_group")
PUPIL = (
    "key",
    "eck_id",
    "first_name",
    "infix",
    "last_name",
    "group",
    "year_group",
    "group_year_group",
    "birth_year",
)
TEACHER = ("key", "eck_id", "first_name", "infix", "last_name", "email", "groups")


def clean_pupil(number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
    """Values by column, of a pupil (`kind` "pupil") or of a teacher ("teacher"); only those that are there.

    Options: `sector` of the location (po when absent), `by_name` (a child needs no key), `birth_years`. A pupil's
    `year_group` is its own, else that of the group, else what the group's name plainly says, as a code of EDEXML
    (`years`); "C" when only a combination is known. Reasons: missing, too_long, control, who, key_rounded, eck_id,
    no_key, year_group, year_group_sector, birth_year. A child that has left (year group H) is `left_out` "left".
    """
    values, errors = clean_columns(raw, COLUMNS)
    wrong = {code for code, _ in errors}
    _names(values)
    who = values.get("who", "pupil")
    if (
        not values.get("first_name")
        and not values.get("last_name")
        and not wrong & {"full_name", "first_name", "last_name"}
    ):
        errors.append(("last_name", "missing"))
    if (
        not values.get("key")
        and not values.get("eck_id")
        and not wrong & {"key", "eck_id"}
        and not options.get("by_name")
    ):
        errors.append(("key", "no_key"))
    if who == "pupil":
        errors += _years(values, str(options.get("sector") or "po"))
        if not options.get("birth_years"):
            values.pop("birth_year", None)
            errors = [error for error in errors if error[0] != "birth_year"]
    else:
        errors = [error for error in errors if error[0] in (*TEACHER, "full_name")]
    wanted = PUPIL if who == "pupil" else TEACHER
    cleaned = {"kind": who} | {
        code: values[code] for code in wanted if values.get(code) not in (None, "", [])
    }
    left = "left" if cleaned.get("year_group") == "H" else ""
    return Cleaned(number, cleaned, errors, shown_raw(raw) if errors else {}, left_out=left)


def _names(values: dict[str, Any]) -> None:
    """Fills in the parts of a name from the whole, and takes an infix out of “Berg, van den”."""
    whole = values.pop("full_name", "")
    if whole and not values.get("last_name"):
        first, infix, last = c.split_name(whole)
        known = values.get("first_name", "")
        if known and "," not in whole:
            first, (infix, last) = known, c.split_infix(whole.removeprefix(known + " "))
        values["first_name"] = known or first
        values["infix"] = values.get("infix") or infix
        values["last_name"] = last
    elif values.get("last_name") and not values.get("infix"):
        values["infix"], values["last_name"] = c.split_last_name(values["last_name"])


def _years(values: dict[str, Any], sector: str) -> list[tuple[str, str]]:
    """Sets the year groups of a pupil. What is odd about the group is no mistake of a child with a year of its own."""
    errors = []
    for code in YEARS:
        if text := values.pop(code, ""):
            try:
                values[code] = year_group(text, sector)
            except ValueError as error:
                errors.append((code, str(error)))
    told = year_in_group_name(values.get("group", ""), sector)
    if told and not errors and "group_year_group" not in values:
        values["group_year_group"] = told
    if "year_group" in values:
        return []
    if not errors and "group_year_group" in values:
        values["year_group"] = values["group_year_group"]
    return errors
