"""What the rules look at: our files, read and parsed once."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".git", ".venv", "__pycache__", "data", "node_modules", "build"}


@dataclass(frozen=True)
class Source:
    """One Python file of ours. `name` is its path from the root of the repository, with slashes."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text, self.name)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def app(self) -> str:
        """The app it belongs to, such as `people`; empty outside the package."""
        parts = self.name.split("/")
        return parts[2] if parts[:2] == ["src", "leesbouw"] and len(parts) > 3 else ""

    @property
    def module(self) -> str:
        """The module inside its app, such as `actions`; a folder counts as the module it replaces."""
        parts = self.name.split("/")
        return parts[3].removesuffix(".py") if self.app else ""


@cache
def _parsed(text: str, name: str) -> ast.Module:
    return ast.parse(text, filename=name)


@cache
def tracked(root: Path = ROOT) -> tuple[str, ...]:
    """The files of the repository: those that git knows or would add, else all that lie in the folder."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout.split(
            "\0"
        )
        names = [name for name in listed if name and (root / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    return tuple(sorted(name for name in names if not SKIPPED & set(name.split("/"))))


@cache
def python_sources(root: Path = ROOT) -> tuple[Source, ...]:
    """Every Python file of ours, without migrations."""
    names = [name for name in tracked(root) if name.endswith(".py") and "/migrations/" not in name]
    return tuple(Source(name, (root / name).read_text(encoding="utf-8")) for name in names)


def package_sources(root: Path = ROOT) -> list[Source]:
    """Only what is in the product itself."""
    return [source for source in python_sources(root) if source.name.startswith("src/leesbouw/")]


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All that is in a tree, itself included; walked once for all the rules."""
    return tuple(ast.walk(tree))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
