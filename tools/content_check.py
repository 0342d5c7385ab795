"""Reads every content file: is it TOML, is its name right, does it say where it comes from, do its codes agree?

The schema of each kind is checked by the product itself (`leesbouw check`); this needs no database. It also reads
the demo story. `--registers FOLDER` compares the names and numbers of the story with the open school files there.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import demo_check  # noqa: E402  (a script finds its neighbours only after this)

NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]+$")
STATUSES = ("officieel", "lokaal", "voorbeeld")
UNIT_KINDS = {
    "library",
    "branch",
    "location",
    "board",
    "municipality",
    "province",
    "poi",
    "nation",
    "partner",
}
SECTORS = {"po", "sbo", "so", "vo", "pro", "mbo", "ko"}
LEVELS = {"strategic", "tactical", "operational"}
TALK_KINDS = {"introduction", "start", "strategic", "progress", "evaluation", "other"}
REUSE = {"plan", "role", "quote"}
NEGATION = re.compile(r"\b(niet|niets|niks|geen|nooit|niemand|nergens)\b", re.IGNORECASE)
# Every place in the menu and block of a home, with the permission without which it would be an empty promise.
MENU = {
    "today": "",
    "locations": "organisations.view",
    "library": "organisations.view",
    "location": "organisations.view",
    "board": "organisations.view",
    "municipality": "organisations.view",
    "province": "organisations.view",
    "nation": "organisations.view",
    "search": "organisations.view",
    "portfolio": "organisations.view_partnership",
    "people": "people.",
    "talks": "network.view_talks",
    "actions": "plans.view_actions",
    "blocks": "plans.view_blocks",
    "books": "collection.view",
    "desk": "lending.lend",
    "group-books": "lending.lend",
    "plans": "plans.view_plans",
    "routes": "plans.view_routes",
    "parents": "parents.view",
    "activities": "plans.view_catalogue",
    "look-back": "activities.view_look_back",
    "pupils": "pupils.view",
    "class": "pupils.open_class",
    "monitor": "monitor.report",
    "import": "exchange.import",
    "users": "accounts.manage",
    "units": "organisations.edit_units",
    "audit": "privacy.view_audit",
    "status": "core.view_status",
}
BLOCKS = {
    "visits_today": "activities.edit_visits",
    "visits_week": "activities.edit_visits",
    "visits_here": "activities.view_visits",
    "hours_mine": "activities.edit_visits",
    "still_to_do": "",
    "actions_mine": "plans.view_actions",
    "talks_due": "network.view_talks",
    "recent_talks": "network.view_talks",
    "my_locations": "organisations.view",
    "groups_of_location": "organisations.view",
    "unit_numbers": "organisations.view",
    "desk": "lending.lend",
    "guide_hint": "",
    "idea_today": "plans.view_catalogue",
    "portfolio_numbers": "organisations.view_partnership",
    "gates_waiting": "organisations.view_partnership",
    "decisions_recent": "organisations.view_partnership",
    "location_cooperation": "organisations.view_partnership",
    "waiting_list": "organisations.view_partnership",
    "contacts_of_unit": "people.",
    "imports_recent": "exchange.import",
    "pupils_of_location": "pupils.view",
    "health": "core.view_status",
    "users_pending": "accounts.manage",
}


def problems(folder: Path = ROOT / "content") -> list[str]:
    """A line per fault; content/nl/<kind>/<code>@<version>.toml is the only shape, beside the demo story."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.parent.name != "demo":
            found += [f"{path.relative_to(folder.parent)}: {fault}" for fault in faults_of(path)]
    return found


def faults_of(path: Path) -> list[str]:
    """What is wrong with one content file."""
    if path.suffix != ".toml" or not NAME.match(path.stem):
        return ["the name is not <code>@<version>.toml"]
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"is not readable as TOML: {error}"]
    faults = []
    if not data.get("source"):
        faults.append("does not name its source")
    if data.get("status") not in STATUSES:
        faults.append(f"status is not one of {', '.join(STATUSES)}")
    if "body" not in data:
        return [*faults, "has no [body]"]
    faults += [f"code {code!r} occurs twice in {where}" for where, code in doubles(data["body"])]
    kind = path.parent.name
    if kind == "role":
        faults += faults_of_role(data["body"])
    if kind == "conversation-guide":
        faults += faults_of_guide(data["body"])
    if kind == "questionnaire":
        faults += faults_of_questionnaire(data["body"])
    return faults


def doubles(body: Any, where: str = "body") -> Iterator[tuple[str, str]]:
    """(place, code) of every code that occurs twice in one list of tables."""
    if isinstance(body, dict):
        for key, value in body.items():
            yield from doubles(value, f"{where}.{key}")
    elif isinstance(body, list):
        seen: set[str] = set()
        for row in body:
            if isinstance(row, dict) and "code" in row:
                if row["code"] in seen:
                    yield where, row["code"]
                seen.add(row["code"])
            yield from doubles(row, where)


def faults_of_role(body: dict[str, Any]) -> list[str]:
    """A role has a menu of at most seven and a home of two to five blocks, and may read what they promise."""
    faults = []
    permissions = set(body["permissions"])
    if (
        body["unit_kind"] not in UNIT_KINDS
        or body["level"] not in LEVELS
        or not set(body["sectors"]) <= SECTORS
    ):
        faults.append("unknown unit kind, level or sector")
    if len(body["menu"]) > 7 or not 2 <= len(body["home"]) <= 5:
        faults.append("at most seven places in the menu, two to five blocks on the home")
    if "{name}" not in body["heading"]:
        faults.append("the heading does not greet by {name}")
    for what, known in ((body["menu"], MENU), (body["home"], BLOCKS)):
        if len(set(what)) != len(what):
            faults.append("something occurs twice in menu or home")
        for item in what:
            needs = known.get(item)
            if needs is None:
                faults.append(f"unknown place or block {item}")
            elif not any(permission.startswith(needs) for permission in permissions):
                faults.append(f"{item} needs {needs}")
    if body["unit_kind"] in {"municipality", "province", "poi", "nation"}:
        faults += [
            f"may not hold {p}: no persons" for p in permissions if p.startswith(("people.", "network."))
        ]
    return faults


def faults_of_guide(body: dict[str, Any]) -> list[str]:
    """A guide names known kinds of talk, and each question has text, hint, topic and reuse."""
    faults = []
    if not set(body["kinds"]) <= TALK_KINDS or not set(body["unit_kinds"]) <= UNIT_KINDS:
        faults.append("unknown kind of talk or unit")
    if not set(body["sectors"]) <= SECTORS:
        faults.append("unknown sector")
    for question in body["questions"]:
        if set(question) != {"code", "text", "hint", "topic", "reused_by"}:
            faults.append(f"question {question.get('code')} has other fields")
        elif not set(question["reused_by"]) <= REUSE:
            faults.append(f"question {question['code']} is reused by something unknown")
    return faults


def faults_of_questionnaire(body: dict[str, Any]) -> list[str]:
    """How a list is worded. Every scale has a side that says no, so a question that says no as well is denied twice;
    what a child reads has at most fifteen words a sentence (monitor.md §5).
    """
    faults = [
        f"{item['code']}: a question that says no, with an answer that says no"
        for item in body["items"]
        if item["kind"] == "single" and NEGATION.search(item["text"])
    ]
    texts = [("intro", body["intro"]), ("thanks", body["thanks"])]
    for item in body["items"]:
        options = [option["label"] for option in item.get("options", ())]
        texts += [(item["code"], text) for text in (item["text"], item.get("hint", ""), *options)]
    longest = 15 if body["respondent"] == "pupil" else 25
    for where, text in texts:
        for sentence in re.split(r"(?<=[.?!:])\s+", text):
            if len(sentence.split()) > longest:
                faults.append(f"{where}: a sentence of over {longest} words")
            if len(NEGATION.findall(sentence.replace("nooit of bijna nooit", "nooit"))) > 1:
                faults.append(f"{where}: a sentence that says no twice")
    return faults


if __name__ == "__main__":
    lines = problems() + demo_check.problems(ROOT / "content")
    if "--registers" in sys.argv:
        lines += demo_check.clashes(ROOT / "content", Path(sys.argv[sys.argv.index("--registers") + 1]))
    print("\n".join(lines) or "content: ok")
    sys.exit(1 if lines else 0)
