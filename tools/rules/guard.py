"""Rows about persons: every place that opens them all is on one list, with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from .sources import Source, nodes

LIST = Path(__file__).with_name("trusted.txt")
BEHIND_THE_GUARD = {"_plain", "_base_manager"}
# The guard itself, and two that only touch units and accounts as a whole: “is it empty?” and the bulk insert of units.
MAY_GO_BEHIND = {
    "src/leesbouw/core/access.py",
    "src/leesbouw/cli/prepare.py",
    "src/leesbouw/organisations/actions/register.py",
}


def allowed(path: Path = LIST) -> set[tuple[str, str]]:
    """(app, reason) of every line `app | reason`."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition("|") for line in lines if line and not line.startswith("#")]
    return {(app.strip(), reason.strip()) for app, _bar, reason in pairs}


def uses(source: Source) -> Iterator[tuple[str | None, int]]:
    """Every `.trusted(reason)`; the reason is None when it is not written out on the spot."""
    for node in nodes(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "trusted"
        ):
            value = node.args[0] if node.args else None
            written = isinstance(value, ast.Constant) and isinstance(value.value, str)
            yield (value.value if written else None), node.lineno  # type: ignore[union-attr]


def trusted(sources: Iterable[Source], known: set[tuple[str, str]] | None = None) -> Iterator[str]:
    known = allowed() if known is None else known
    seen = set()
    for source in sources:
        for reason, line in uses(source):
            if reason is None:
                yield f"{source.name}:{line}: write the reason of trusted() out on the spot"
            elif (source.app, reason) not in known:
                yield f"{source.name}:{line}: trusted({reason!r}) is not in tools/rules/trusted.txt"
            else:
                seen.add((source.app, reason))
    for app, reason in sorted(known - seen):
        yield f"tools/rules/trusted.txt: nothing in {app} uses “{reason}” any more"


def side_doors(source: Source) -> Iterator[str]:
    """Ways around the guard that do not look like one."""
    for node in nodes(source.tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in BEHIND_THE_GUARD
            and source.name not in MAY_GO_BEHIND
        ):
            yield f"{source.name}:{node.lineno}: {node.attr} goes behind the guard"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "visible_to"
            and any(isinstance(value, ast.Name) and value.id == "SYSTEM" for value in node.args)
        ):
            yield f"{source.name}:{node.lineno}: visible_to(SYSTEM) is trusted() without a reason"
