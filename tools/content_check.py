"""Checks the structure of the content files until the schemas in the code do it.

Run: python tools/content_check.py [--registers FOLDER]
FOLDER may hold the open school files; names and numbers of the demo story are then compared with them.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content" / "nl"


def words(text: str) -> set[str]:
    """The words of a text as a set: long lists of codes stay readable."""
    return set(text.split())


STATUSES = {"officieel", "lokaal", "voorbeeld"}
UNIT_KINDS = words("library branch location board municipality province poi nation partner")
SECTORS = words("po sbo so vo pro ko")
LEVELS = {"strategic", "tactical", "operational"}
PERMISSIONS = words("""organisations.view organisations.view_partnership organisations.edit_partnership
    organisations.decide_partnership organisations.edit_groups organisations.choose_area organisations.edit_units
    people.view_contacts people.edit_contacts people.view_staff people.edit_staff people.assign
    network.view_talks network.edit_talks network.set_rhythm network.handover plans.view_actions
    plans.edit_actions exchange.import accounts.manage accounts.invite privacy.view_audit core.view_status
    core.view_outbox ui.gallery ui.export""")
MENU = words("""today locations talks people portfolio library location board municipality province nation actions
    import users units audit status search""")
BLOCKS = words("""actions_mine talks_due recent_talks my_locations portfolio_numbers gates_waiting decisions_recent
    contacts_of_unit location_cooperation unit_numbers imports_recent health users_pending groups_of_location
    waiting_list guide_hint""")
# What a permission must accompany: a page or block that the role could not read would be an empty promise.
MENU_NEEDS = {
    "talks": "network.view_talks",
    "actions": "plans.view_actions",
    "portfolio": "organisations.view_partnership",
    "import": "exchange.import",
    "users": "accounts.manage",
    "units": "organisations.edit_units",
    "audit": "privacy.view_audit",
    "status": "core.view_status",
}
BLOCK_NEEDS = {
    "talks_due": "network.view_talks",
    "recent_talks": "network.view_talks",
    "actions_mine": "plans.view_actions",
    "portfolio_numbers": "organisations.view_partnership",
    "gates_waiting": "organisations.view_partnership",
    "decisions_recent": "organisations.view_partnership",
    "location_cooperation": "organisations.view_partnership",
    "waiting_list": "organisations.view_partnership",
    "imports_recent": "exchange.import",
    "health": "core.view_status",
    "users_pending": "accounts.manage",
}
PEOPLE = {"people.view_contacts", "people.view_staff"}
TALK_KINDS = {"introduction", "progress", "evaluation", "strategic", "start"}
REUSE = {"plan", "role", "quote"}


class Report:
    """Collects what is wrong, so that one run names everything."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def need(self, good: bool, where: str, what: str) -> None:
        """Notes `what` at `where` unless `good`."""
        if not good:
            self.faults.append(f"{where}: {what}")


def unique(report: Report, where: str, codes: list[str]) -> None:
    """Every code once."""
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        report.need(False, where, f"code {code!r} occurs more than once")


def check_role(report: Report, where: str, body: dict[str, Any]) -> None:
    """A role names only what exists and can read what its menu and home promise."""
    permissions, menu, home = set(body["permissions"]), body["menu"], body["home"]
    report.need(body["unit_kind"] in UNIT_KINDS, where, "unknown unit kind")
    report.need(body["level"] in LEVELS, where, "unknown level")
    report.need(set(body["sectors"]) <= SECTORS, where, "unknown sector")
    report.need(permissions <= PERMISSIONS, where, f"unknown permissions {permissions - PERMISSIONS}")
    report.need(set(menu) <= MENU, where, f"unknown menu items {set(menu) - MENU}")
    report.need(set(home) <= BLOCKS, where, f"unknown blocks {set(home) - BLOCKS}")
    report.need(len(menu) <= 7, where, "more than seven menu items")
    report.need(2 <= len(home) <= 5, where, "a home has two to five blocks")
    report.need("{name}" in body["heading"], where, "heading lacks {name}")
    report.need(isinstance(body["mfa_required"], bool), where, "mfa_required is not a boolean")
    for needs, items in ((MENU_NEEDS, menu), (BLOCK_NEEDS, home)):
        for item in items:
            report.need(needs.get(item, "") in permissions | {""}, where, f"{item} needs {needs.get(item)}")
    if "people" in menu or "contacts_of_unit" in home:
        report.need(bool(permissions & PEOPLE), where, "people without the right to see any")
    if body["unit_kind"] in {"municipality", "province", "nation"}:
        persons = {p for p in permissions if p.startswith(("people.", "network."))}
        report.need(not persons, where, "this unit kind may not read persons or talks")
    unique(report, where, body["permissions"])
    unique(report, where, menu)
    unique(report, where, home)


def check_guide(report: Report, where: str, body: dict[str, Any]) -> None:
    """A guide has questions with code, text, hint and topic."""
    report.need(set(body["kinds"]) <= TALK_KINDS, where, "unknown kind of talk")
    report.need(set(body["unit_kinds"]) <= UNIT_KINDS, where, "unknown unit kind")
    report.need(set(body["sectors"]) <= SECTORS, where, "unknown sector")
    for question in body["questions"]:
        missing = {"code", "text", "hint", "topic", "reused_by"} - set(question)
        report.need(not missing, where, f"question lacks {missing}")
        report.need(set(question.get("reused_by", [])) <= REUSE, where, "unknown reuse")
    unique(report, where, [question["code"] for question in body["questions"]])


def lists_of_codes(body: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of tables with a `code` inside a body, with where it stands."""
    if isinstance(body, dict):
        for key, value in body.items():
            yield from lists_of_codes(value, f"{path}.{key}")
    elif isinstance(body, list) and body and isinstance(body[0], dict):
        if "code" in body[0]:
            yield path, [row.get("code", "") for row in body]
        for row in body:
            yield from lists_of_codes(row, path)


CHECKS = {"role": check_role, "conversation-guide": check_guide}


def check_content(report: Report) -> int:
    """All content files: header, body and what their kind asks. Returns the number of files."""
    files = sorted(CONTENT.glob("*/*.toml"))
    for file in files:
        where = str(file.relative_to(ROOT))
        report.need(bool(re.fullmatch(r"[a-z0-9-]+@\d+\.toml", file.name)), where, "name is not code@version")
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        missing = {"title", "source", "status", "language", "owner", "body"} - set(data)
        report.need(not missing, where, f"lacks {missing}")
        report.need(data.get("status") in STATUSES, where, "unknown status")
        report.need(data.get("language") == "nl", where, "language is not nl")
        report.need(bool(data.get("source", "").strip()), where, "no source")
        for path, codes in lists_of_codes(data.get("body", {})):
            unique(report, where + path, codes)
        if file.parent.name in CHECKS:
            CHECKS[file.parent.name](report, where, data["body"])
    return len(files)


def main() -> int:
    """Prints every fault; the exit code tells whether there were any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registers", type=Path, default=None, help="folder with the open school files")
    parser.parse_args()
    report = Report()
    number = check_content(report)
    for fault in report.faults:
        print(fault)
    print(f"{number} content files, {len(report.faults)} faults")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
