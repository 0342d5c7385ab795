"""Reads every content file: is it TOML, is its name right, and does it say where it comes from?

The schema of each kind is checked by the product itself (`leesbouw check`); this needs no database.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]+$")
STATUSES = ("officieel", "lokaal", "voorbeeld")


def problems(folder: Path = ROOT / "content") -> list[str]:
    """A line per fault; content/nl/<kind>/<code>@<version>.toml is the only shape."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            found += [f"{path.relative_to(folder.parent)}: {fault}" for fault in faults_of(path)]
    return found


def faults_of(path: Path) -> list[str]:
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
        faults.append("has no [body]")
    return faults


if __name__ == "__main__":
    lines = problems()
    print("\n".join(lines) or "content: ok")
    sys.exit(1 if lines else 0)
