"""Files that are broken, hostile or simply wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from .records import Child
from .standards import edexml
from .tables import workbook


def truncated(content: bytes, share: float = 0.6) -> bytes:
    """A file that stopped half-way."""
    return content[: int(len(content) * share)]


def with_doctype(content: bytes) -> bytes:
    return _before_root(content, b'<!DOCTYPE EDEX SYSTEM "EDEX.dtd">\n')


def bomb() -> bytes:
    """A billion laughs."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    rules = f'<!DOCTYPE EDEX [<!ENTITY l0 "ha">{levels}]>\n'
    return edexml([Child()], head=rules).replace(b"Noor", b"&l9;")


def external_entity(address: str = "file:///etc/passwd") -> bytes:
    rules = f'<!DOCTYPE EDEX [<!ENTITY out SYSTEM "{address}">]>\n'
    return edexml([Child()], head=rules).replace(b"Noor", b"&out;")


def parameter_entity() -> bytes:
    rules = '<!DOCTYPE EDEX [<!ENTITY % out SYSTEM "http://127.0.0.1:9/x.dtd"> %out;]>\n'
    return edexml([Child()], head=rules)


def undeclared_entity() -> bytes:
    return edexml([Child()]).replace(b"Noor", b"&geheim;")


def deep(levels: int = 60) -> bytes:
    """Elements in elements in elements."""
    return edexml([Child()]).replace(b"<school>", b"<x>" * levels + b"</x>" * levels + b"<school>")


def many_attributes(number: int = 60) -> bytes:
    attributes = " ".join(f'a{n}="1"' for n in range(number)).encode()
    return edexml([Child()]).replace(b"<leerling ", b"<leerling " + attributes + b" ")


def latin_declared_utf8(children: Iterable[Child]) -> bytes:
    """Latin-1 that says it is UTF-8."""
    return edexml(children, encoding="latin-1", declared="utf-8")


def utf8_declared_latin(children: Iterable[Child]) -> bytes:
    return edexml(children, encoding="utf-8", declared="iso-8859-1")


def formulas() -> list[Child]:
    """Children whose names a spreadsheet would run."""
    return [
        Child("1", "=1+1", "", "@SUM(A1)", eck_id="=2"),
        Child("2", "+31", "", "-1"),
        Child("3", '=HYPERLINK("http://x.example";"klik")', "", "Jansen"),
    ]


def twice_the_same_key() -> list[Child]:
    return [Child("1", "Noor"), Child("1", "Sem"), Child("001", "Mila")]


def bsn_as_keys(number: int = 12) -> list[Child]:
    """Children whose key is a number that passes the check of a BSN; made by counting."""
    keys = (f"{n}" for n in range(111_111_110, 999_999_999) if _passes(f"{n}"))
    return [Child(key, f"Kind {at}") for at, key in zip(range(number), keys, strict=False)]


def _passes(digits: str) -> bool:
    numbers = [int(digit) for digit in digits]
    return (sum((9 - at) * number for at, number in enumerate(numbers[:8])) - numbers[8]) % 11 == 0


def excel_bomb(megabytes: int = 250) -> bytes:
    """A workbook that becomes far larger than any school's."""
    out = io.BytesIO(workbook([["Stamnummer", "Roepnaam"], ["1", "Noor"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/worksheets/sheet9.xml", b" " * (megabytes * 1024 * 1024))
    return out.getvalue()


def _before_root(content: bytes, rules: bytes) -> bytes:
    return content.replace(b"<EDEX", rules + b"<EDEX", 1)
