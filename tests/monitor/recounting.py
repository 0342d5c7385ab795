"""Figures of the Monitor counted anew from a CSV with every answer: a CSV reader, the TOML files and plain arithmetic.

It shares no line with how the product counts, so that a mistake there is not made here too.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parents[2] / "content" / "nl"
HEADS = ("school", "list", "variant", "group", "year_group", "weight")  # before the answers
Row = Mapping[str, str]
Figures = dict[str, tuple[float, float, int]]  # by measure its value, its base and the people in it


def read(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@cache
def measures_of(code: str) -> dict[str, dict[str, Any]]:
    """By code the rule of each measure of a list, in its newest version."""
    found: dict[str, dict[str, Any]] = {}
    files = (CONTENT / "measure").glob("*.toml")
    for file in sorted(files, key=lambda one: int(one.stem.partition("@")[2])):
        rule = tomllib.loads(file.read_text(encoding="utf-8"))["body"]["rule"]
        if rule.get("questionnaire") == code:
            found[file.stem.partition("@")[0]] = rule
    return found


def recount(rows: Iterable[Row], key: str) -> Figures:
    """Every measure of a list ("po-pupil@1") over these rows; what nobody is in the base of is not there."""
    body = _list(key)
    mine = [row for row in rows if row["list"] == key]
    found: Figures = {}
    for code, rule in measures_of(key.partition("@")[0]).items():
        numbers = [(row, _number(rule, row, body)) for row in mine]
        counted = [(row, number) for row, number in numbers if number is not None]
        if counted:
            found[code] = _mean(counted, once=body["respondent"] == "teacher")
    return found


@cache
def _list(key: str) -> dict[str, Any]:
    body: dict[str, Any] = tomllib.loads((CONTENT / "questionnaire" / f"{key}.toml").read_text())["body"]
    body["by_code"] = {item["code"]: item for item in body["items"]}
    return body


def _mean(counted: list[tuple[Row, float]], *, once: bool) -> tuple[float, float, int]:
    """Teachers of one group count once together, and one who copied her list for another half is one person."""
    in_group = Counter(row["group"] for row, _number in counted if row["group"])
    shared = {group: number if once else 1 for group, number in in_group.items()}
    weights = [float(row["weight"]) / shared.get(row["group"], 1) for row, _number in counted]
    total = sum(weight * number for weight, (_row, number) in zip(weights, counted, strict=True))
    halves = Counter((row["group"], row["year_group"]) for row, _number in counted if row["group"])
    most: dict[str, int] = defaultdict(int)
    for (group, _half), number in halves.items():
        most[group] = max(most[group], number)
    people = sum(most.values()) + sum(not row["group"] for row, _number in counted)
    return total / sum(weights), sum(weights), people if once else len(counted)


def _number(rule: Mapping[str, Any], row: Row, body: Mapping[str, Any]) -> float | None:
    """What a list says of a measure; None for who is not in the base."""
    parts = rule.get("items") or rule.get("factors") or [rule]
    asked = [body["by_code"][part["item"]] for part in parts]
    own = any(row["variant"] in item.get("variants", {}) for item in asked)
    if rule.get("variant", "") not in ([row["variant"]] if own else ["", row["variant"]]):
        return None
    if rule["op"] == "share":
        return _share(rule, asked[0], row, body)
    if rule["op"] == "count":
        return _count(asked[0], row, body)
    if rule["op"] == "mean":
        return _plain(rule, row)
    if rule["op"] == "product":
        numbers = [_plain(part, row) for part in parts]
        if 0 in numbers:
            return 0.0
        return None if None in numbers else numbers[0] * numbers[1]  # type: ignore[operator]
    passed = set(_passed(row, body)) if rule.get("passed_is_zero") else set()
    scores = [
        0.0 if part["item"] in passed else _score(part, item, row, body)
        for part, item in zip(parts, asked, strict=True)
    ]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) >= rule.get("enough", 0.5) * len(scores) else None


def _options(item: Mapping[str, Any], row: Row, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answers that count."""
    scale = item.get("variants", {}).get(row["variant"], item.get("scale", ""))
    options = [*body.get("scales", {}).get(scale, []), *item.get("options", [])]
    return [option for option in options if option.get("counts", True)]


def _chosen(item: Mapping[str, Any], row: Row, body: Mapping[str, Any]) -> set[int]:
    said = {int(float(one)) for one in row.get(item["code"], "").split("|") if one}
    return said & {option["value"] for option in _options(item, row, body)}


def _share(
    rule: Mapping[str, Any], item: Mapping[str, Any], row: Row, body: Mapping[str, Any]
) -> float | None:
    if "at_least" in rule:
        said = row.get(item["code"], "")
        return None if said == "" else float(float(said) >= rule["at_least"])
    chosen = _chosen(item, row, body)
    return float(bool(chosen & set(rule["values"]))) if chosen else None


def _count(item: Mapping[str, Any], row: Row, body: Mapping[str, Any]) -> float | None:
    chosen = _chosen(item, row, body)
    alone = {option["value"] for option in _options(item, row, body) if option.get("exclusive")}
    return float(len(chosen - alone)) if chosen else None


def _plain(part: Mapping[str, Any], row: Row) -> float | None:
    """The number, its points, or so many per another number."""
    said = row.get(part["item"], "")
    if said == "":
        return None
    if part.get("points"):
        points = {int(value): worth for value, worth in part["points"].items()}
        return points.get(int(float(said)))
    if not part.get("per"):
        return float(said)
    per = float(row.get(part["per"], "") or 0)
    return float(said) / per if per else None


def _score(
    part: Mapping[str, Any], item: Mapping[str, Any], row: Row, body: Mapping[str, Any]
) -> float | None:
    """From 0 to 100."""
    if part.get("points"):
        return _plain(part, row)
    options = _options(item, row, body)
    if item["kind"] == "multi":
        count = _count(item, row, body)
        top = part.get("top") or sum(not option.get("exclusive") for option in options)
        return None if count is None else 100 * min(count / top, 1)
    number = _plain(part, row)
    if number is None or (options and number not in {option["value"] for option in options}):
        return None
    if item["kind"] == "single":
        return 100 * (number - 1) / (len(options) - 1)
    return 100 * (number - 1) / 9 if item["kind"] == "grade" else 100 * min(number / part["top"], 1)


def _passed(row: Row, body: Mapping[str, Any]) -> Iterator[str]:
    """The items that an earlier answer led past."""
    gone: set[str] = set()
    for item in body["items"]:
        gate = item.get("show_if")
        said = {int(float(one)) for one in row.get(gate["item"], "").split("|") if one} if gate else set()
        if gate and (gate["item"] in gone or (said and not said & set(gate["values"]))):
            gone.add(item["code"])
            yield item["code"]
