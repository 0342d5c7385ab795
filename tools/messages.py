"""The catalogues: compile them, collect new sentences, and check that the Dutch is complete.

python tools/messages.py            compiles every .po that is newer than its .mo
python tools/messages.py --update   collects sentences from the code (needs GNU gettext)
python tools/messages.py --check    fails on what is untranslated, unsure or unreadable
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "leesbouw"
LANGUAGE = "nl"

KEYWORDS: dict[str, tuple] = {
    "_": (1,),
    "_now": (1,),
    "_lazy": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FORBIDDEN = ("indien", "middels", "betreffende", "teneinde", "derhalve", "dient te", "dienen te")
LONGEST_SENTENCE = 20  # words
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}(?!\})")


class Entry(NamedTuple):
    """One sentence that the code asks for, and where."""

    context: str
    msgid: str
    where: str


def catalogues(package: Path = PACKAGE) -> list[Path]:
    """Every .po of our own apps, and of the project as a whole."""
    return sorted([*package.glob("*/locale/*/LC_MESSAGES/*.po"), *ROOT.glob("locale/*/LC_MESSAGES/*.po")])


def compile_all(package: Path = PACKAGE) -> int:
    """Writes the .mo beside every newer .po; returns how many. Babel is only loaded when there is work."""
    stale = [po for po in catalogues(package) if not is_fresh(po)]
    for po in stale:
        compile_one(po)
    return len(stale)


def is_fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def compile_one(po: Path) -> None:
    from babel.messages.mofile import write_mo

    made = io.BytesIO()
    write_mo(made, read(po))
    temporary = po.with_suffix(".mo.new")
    temporary.write_bytes(made.getvalue())
    temporary.replace(po.with_suffix(".mo"))


def read(po: Path):
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name.partition("_")[0])


def extracted(package: Path = PACKAGE) -> Iterator[Entry]:
    """Every translatable sentence in Python and templates."""
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from entries_of(path.read_bytes(), where(path))
    for path in sorted([*package.rglob("templates/**/*.html"), *package.rglob("templates/**/*.txt")]):
        yield from entries_of_template(path.read_text(), where(path))


def where(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def entries_of(source: bytes, name: str, first_line: int = 0) -> Iterator[Entry]:
    from babel.messages.extract import extract

    found = extract("python", io.BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for line, messages, _comments, context in found:
        msgid = messages if isinstance(messages, str) else messages[0]
        if msgid:
            yield Entry(context or "", msgid, f"{name}:{first_line or line}")


def entries_of_template(text: str, name: str) -> Iterator[Entry]:
    """Django turns a template into calls, one to a line; the rest of the line is blotted out."""
    from django.utils.translation.template import templatize

    for number, line in enumerate(templatize(text, origin=name).splitlines(), 1):
        if "_(" in line or "gettext(" in line:
            yield from entries_of(line.strip().encode(), name, number)


def translations(package: Path = PACKAGE) -> dict[tuple[str, str], list[tuple[Path, object]]]:
    """(context, msgid) → every catalogue's entry for it."""
    found: dict = defaultdict(list)
    for po in catalogues(package):
        if po.parent.parent.name == LANGUAGE:
            for message in read(po):
                if message.id:
                    msgid = message.id if isinstance(message.id, str) else message.id[0]
                    found[message.context or "", msgid].append((po, message))
    return found


def variants(package: Path = PACKAGE) -> list[Path]:
    """Catalogues that say some sentences otherwise, such as those about child care."""
    return [po for po in catalogues(package) if po.parent.parent.name.startswith(f"{LANGUAGE}_")]


def problems_of_variant(po: Path, asked: set[Entry], known: dict) -> Iterator[str]:
    """What nobody asks for any more, and what says the same as the catalogue it goes before."""
    wanted = {(entry.context, entry.msgid) for entry in asked}
    for message in read(po):
        if not message.id:
            continue
        key = message.context or "", ids(message)[0]
        if key not in wanted:
            yield f"{where(po)}: nothing asks for “{key[1]}”"
        if any(strings(message) == strings(plain) for _po, plain in known.get(key, ())):
            yield f"{where(po)}: “{key[1]}” is no different here"
        yield from (f"{where(po)}: {text}" for text in problems_of(message)[0])


def strings(message) -> list[str]:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or [])
    return texts or [""]


def ids(message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def problems(package: Path = PACKAGE) -> tuple[list[str], list[str]]:
    """(errors, warnings), a line each."""
    known = translations(package)
    errors, warnings = [line for po in catalogues(package) for line in doubled(po)], []
    asked = set(extracted(package))
    errors += [line for po in variants(package) for line in problems_of_variant(po, asked, known)]
    for entry in sorted(asked, key=lambda entry: (entry.where, entry.msgid)):
        if (entry.context, entry.msgid) not in known:
            errors.append(f"{entry.where}: no Dutch for “{entry.msgid}”")
    for (_context, msgid), found in known.items():
        if len({tuple(strings(message)) for _po, message in found}) > 1:
            places = ", ".join(where(po) for po, _message in found)
            errors.append(f"{places}: “{msgid}” has two different translations; only one is ever shown")
        for po, message in found:
            wrong, unsure = problems_of(message)
            errors += [f"{where(po)}: {text}" for text in wrong]
            warnings += [f"{where(po)}: {text}" for text in unsure]
    return errors, warnings


def doubled(po: Path) -> list[str]:
    """Lines that GNU gettext cannot read, and Babel reads as if nothing were wrong: a keyword twice in a row."""
    lines = po.read_text().splitlines()
    pairs = itertools.pairwise(lines)
    return [
        f"{where(po)}: “{line}” stands there twice in a row"
        for line, following in pairs
        if line == following and line.startswith("msg")
    ]


def problems_of(message) -> tuple[list[str], list[str]]:
    """What is wrong with one translation, and what is only hard to read."""
    texts, first = strings(message), ids(message)[0]
    if not all(texts):
        return [f"empty translation of “{first}”"], []
    errors = [f"fuzzy translation of “{first}”"] if message.fuzzy else []
    asked = {name for msgid in ids(message) for name in PLACEHOLDER.findall(msgid)}
    for text in texts:
        if extra := set(PLACEHOLDER.findall(text)) - asked:
            errors.append(f"“{text}” has {', '.join(sorted(extra))}, which “{first}” does not give")
        errors += [f"“{text}” holds the word “{word}”" for word in forbidden_in(text)]
    if missing := asked - {name for text in texts for name in PLACEHOLDER.findall(text)}:
        errors.append(f"“{texts[-1]}” leaves out {', '.join(sorted(missing))}")
    warnings = [
        f"{words} words in one sentence: “{text}”"
        for text in texts
        if (words := longest_sentence(text)) > LONGEST_SENTENCE
    ]
    return errors, warnings


def forbidden_in(text: str) -> list[str]:
    return [word for word in FORBIDDEN if re.search(rf"\b{word}\b", text, re.IGNORECASE)]


def longest_sentence(text: str) -> int:
    return max(len(sentence.split()) for sentence in re.split(r"[.!?:;](?:\s|$)|\n", text))


def update(package: Path = PACKAGE) -> None:
    """Runs GNU gettext in every app that has a catalogue; new entries come out empty."""
    import os

    from django.conf import settings
    from django.core.management.commands.makemessages import Command

    class Collect(Command):
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]

    settings.configure()
    for folder in sorted(package.glob("*/locale")):
        os.chdir(folder.parent)
        options = ["--locale", LANGUAGE, "--no-obsolete", "--no-wrap", "--add-location", "file"]
        Collect().run_from_argv(["django-admin", "makemessages", *options])
        for po in folder.glob("*/LC_MESSAGES/django.po"):
            kept = [
                line for line in po.read_text().splitlines(keepends=True) if "POT-Creation-Date" not in line
            ]
            po.write_text("".join(kept))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args(argv)
    if options.update:
        update()
    if not options.check:
        compile_all()
        return 0
    errors, warnings = problems()
    for line in warnings:
        print(f"let op: {line}")
    for line in errors:
        print(line)
    print(f"{len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
