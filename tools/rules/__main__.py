"""Applies every rule that needs no database to the repository: `python -m tools.rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from . import guard, imports, paper, sizes, sources, words


def violations() -> Iterator[str]:
    yield from sizes.long_files()
    for source in sources.python_sources():
        yield from sizes.long_functions(source)
        yield from words.dutch_identifiers(source)
    ours = sources.package_sources()
    for source in ours:
        for rule in (
            imports.private_doors,
            imports.late_imports,
            imports.heavy_imports,
            imports.signals,
            imports.prints,
        ):
            yield from rule(source)
        yield from guard.side_doors(source)
    yield from guard.trusted(ours)
    yield from paper.addresses()
    yield from paper.dependencies_without_reason((sources.ROOT / "pyproject.toml").read_text())


if __name__ == "__main__":
    found = list(violations())
    print("\n".join(found) or "house rules: ok")
    sys.exit(1 if found else 0)
