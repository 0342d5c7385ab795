"""No file over 500 lines, no function over 60."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .sources import ROOT, Source, functions, tracked

FILE_LINES = 500
FUNCTION_LINES = 60
COUNTED = (".py", ".html", ".css", ".js", ".sh", ".typ")


def long_files(root: Path = ROOT) -> Iterator[str]:
    for name in tracked(root):
        if name.endswith(COUNTED) and "/migrations/" not in name:
            lines = len((root / name).read_text(encoding="utf-8").splitlines())
            if lines > FILE_LINES:
                yield f"{name}: {lines} lines; {FILE_LINES} is the most"


def long_functions(source: Source) -> Iterator[str]:
    for function in functions(source.tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{source.name}:{function.lineno}: {function.name} has {lines} lines; {FUNCTION_LINES} is the most"
