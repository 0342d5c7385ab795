"""Files: no address of a registry, no path of one machine, a reason beside every dependency, documented settings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .sources import ROOT, tracked

# Written in pieces, so that this file does not trip over itself.
HOSTS = re.compile(
    "|".join((r"py" r"pi\.org", r"python" r"hosted\.org", r"registry\.npm" r"js", r"npm" r"mirror"))
)
PLACES = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z]\w*|Users/\w+)/")
TEXT = (
    *(".py", ".toml", ".txt", ".md", ".sh", ".html", ".css", ".js", ".po", ".yaml", ".yml", ".ini", ".cfg"),
    *(".json", ".csv", ".typ", ".svg", "Makefile", ".ci/run", ".importlinter", "LICENSE", ".gitignore"),
)


def addresses(root: Path = ROOT) -> Iterator[str]:
    """Registry hosts and paths of a machine in any text file of the repository."""
    for name in tracked(root):
        if name.endswith(TEXT):
            text = (root / name).read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                if found := HOSTS.search(line) or PLACES.search(line):
                    yield f"{name}:{number}: holds {found[0]}, which is not the same everywhere"


def dependencies_without_reason(text: str) -> Iterator[str]:
    """Dependencies of pyproject.toml that have no comment on their own line."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\[(project|dependency-groups|project\.optional-dependencies)\]", line):
            inside = True
        elif line.startswith("["):
            inside = False
        if inside and re.match(r'\s+"', line) and not re.search(r'",?\s*#\s*\S+', line):
            yield f"pyproject.toml:{number}: {line.strip()} does not say why we need it"


def settings_read(text: str) -> set[str]:
    """Names of environment variables that a Python file reads: env("X"), os.environ.get("X"), os.environ["X"]."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        key: ast.AST | None = None
        if isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            key = node.args[0] if called in {"env", "os.environ.get", "os.getenv"} else None
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            key = node.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            names.add(key.value)
    return names - {"DJANGO_SETTINGS_MODULE"}


def headings(text: str) -> set[str]:
    """The words of a Markdown file's headings that stand between backticks."""
    lines = [line for line in text.splitlines() if line.startswith("#")]
    return {word for line in lines for word in re.findall(r"`([^`]+)`", line)}


def undocumented(names: set[str], text: str, where: str) -> Iterator[str]:
    for name in sorted(names - headings(text)):
        yield f"{where}: {name} has no heading"
    for name in sorted(headings(text) - names):
        yield f"{where}: {name} has a heading but does not exist"


def links(text: str) -> set[str]:
    """Targets inside the repository of a Markdown file's links and pictures, without their anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return {target.partition("#")[0] for target in found if not re.match(r"[a-z]+:|#", target)}
