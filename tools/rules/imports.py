"""What the layers of .importlinter do not say: views, doors between apps, late imports, signals."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .sources import Source, functions, nodes

PRIVATE = {"urls", "views", "tables", "forms"}  # never used from another app
SHARED = {"core", "ui", "rendering", "config"}  # whose forms and tables are bases for all
LATE_REASONS = ("slow import", "optional dependency", "apps must be ready", "settings must be ready")
# What loads slowly, and the folder whose modules may load it because they are loaded late. A web process starts without any of it;
# duckdb starts a thread besides, and a process with threads cannot be copied safely.
HEAVY = {
    "duckdb": "",
    "docx": "leesbouw.rendering.word",
    "icalendar": "",
    "leesbouw.rendering.slides.write": "leesbouw.rendering.slides",
    "numpy": "",
    "pandas": "",
    "pyreadstat": "",
    "leesbouw.rendering.word.files": "leesbouw.rendering.word",
    "PIL": "",
    "pptx": "leesbouw.rendering.slides",
    "segno": "",
    "vl_convert": "",
}
LATE = re.compile(r"#\s*late:\s*(.+)$")


def imported(source: Source) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    """Full names of all that is imported, relative imports spelled out: leesbouw.people.models.Contact."""
    package = source.name.removeprefix("src/").removesuffix(".py").split("/")
    package = package[:-1]  # __init__ and modules alike stand in their folder
    for node in nodes(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                yield f"{start}.{alias.name}", node


def private_doors(source: Source) -> Iterator[str]:
    """Views are for their own urls; another app's forms and tables are its own business."""
    for name, node in imported(source):
        parts = name.split(".")
        if parts[0] != "leesbouw" or len(parts) < 3 or parts[2] not in PRIVATE:
            continue
        app, module = parts[1], parts[2]
        own = app == source.app
        if module == "views" and not (own and source.module in {"urls", "views"}):
            yield f"{source.name}:{node.lineno}: {name} is imported outside its urls"
        elif not own and app not in SHARED and source.app != "config":
            yield f"{source.name}:{node.lineno}: {name} is private to {app}"


def late_imports(source: Source) -> Iterator[str]:
    """An import inside a function says why, as `# late: slow import`; the shell command and apps.py need not."""
    if source.app == "cli" or source.module == "apps" or not source.app:
        return
    for function in functions(source.tree):
        told = False
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                told = told or late_reason(source, node.lineno)
                if not told:
                    reasons = ", ".join(LATE_REASONS)
                    yield f"{source.name}:{node.lineno}: a late import needs “# late: …” with one of: {reasons}"


def heavy_imports(source: Source) -> Iterator[str]:
    """What loads slowly is imported where it is used; only what is loaded late itself may have it at the top."""
    if not source.app:
        return
    here = source.name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    late = {part for top in late_parts(source.tree) for part in ast.walk(top)}
    for name, node in imported(source):
        for heavy, home in HEAVY.items():
            at_home = home and here.startswith(f"{home}.")
            if f"{name}.".startswith(f"{heavy}.") and node not in late and not at_home:
                yield f"{source.name}:{node.lineno}: {heavy} loads slowly: import it where it is used, # late: slow import"


def late_parts(tree: ast.AST) -> Iterator[ast.AST]:
    """What does not run when a module is loaded: functions, and what is there for types only."""
    for node in nodes(tree):
        is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if is_for_types or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def late_reason(source: Source, line: int) -> bool:
    """Whether this line, or the one above it, gives a reason of the list."""
    for text in source.lines[max(line - 2, 0) : line]:
        if (found := LATE.search(text)) and found[1].strip().startswith(LATE_REASONS):
            return True
    return False


def signals(source: Source) -> Iterator[str]:
    """Our own apps call each other's actions; a signal hides who does what."""
    for name, node in imported(source):
        if name.startswith("django.db.models.signals") or name == "django.dispatch.Signal":
            yield f"{source.name}:{node.lineno}: {name}: no signals between our own apps"


def prints(source: Source) -> Iterator[str]:
    """Only the shell command talks to the shell."""
    if not source.app or source.app == "cli":
        return
    for node in nodes(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{source.name}:{node.lineno}: print()"
