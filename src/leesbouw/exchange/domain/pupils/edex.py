"""EDEXML 1.0.3, 2.0 and 2.1, and the UWLR message that carries the same elements, read in pieces.

A target of lxml sees one element at a time: no tree, no entities, no network, no DTD. What is not on the short list
below is never put into a variable that outlives its element; only its name is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ..facts import PupilFacts, brin_of, day_of, school_year_of, system_of
from ..limits import MOST_CELL, MOST_ROWS, Unreadable
from .cleaning import SEPARATOR, year_of_birth
from .encodings import Pieces
from .years import CODES

MOST_DEPTH = 40
MOST_ATTRIBUTES = 40
MOST_ELEMENTS = 6_000_000
MOST_NAMES = 100  # fields that are counted by their name
MOST_GROUPS = 100  # of one child or teacher
LONGEST_FACT = 300
BIRTH_YEAR = "geboortejaar"
HEADERS = (  # what people see, so in Dutch; our columns know them
    *(
        "leerling of leerkracht",
        "leerlingnummer",
        "ECK iD",
        "roepnaam",
        "tussenvoegsel",
        "achternaam",
        "groep",
    ),
    *("jaargroep", "jaargroep van de groep", BIRTH_YEAR),
    *("e-mailadres van de leerkracht", "groepen van de leerkracht"),
)
CONTAINERS = {
    "EDEX": "edexml",
    "leerlinggegevens": "uwlr",
    "leerlinggegevens-leerlingen": "uwlr",
    "leerlinggegevens-leerkrachten": "uwlr",
    "leerlinggegevens-structuur": "uwlr",
}
SECTIONS = {"school": "", "groepen": "groep", "leerlingen": "leerling", "leerkrachten": "leerkracht"}
SCHOOL = frozenset(
    ("schooljaar", "brincode", "dependancecode", "aanmaakdatum", "peildatum", "auteur", "xsdversie")
)
OF_ONE_SCHOOL = frozenset(
    ("brincode", "dependancecode")
)  # another one means two files that were put together
NAMES = frozenset(("achternaam", "voorvoegsel", "voornamen", "roepnaam"))
FIELDS = {
    "groep": frozenset(("naam", "jaargroep")),
    "leerling": NAMES | {"geboortedatum", "jaargroep", "groep", "uitstroomdatum"},
    "leerkracht": NAMES | {"emailadres", "groepen"},
}
NO_PUPILS = frozenset(("geenwijzigingen", "geengegevens"))


@dataclass(slots=True)
class Item:
    """One group, pupil or teacher while it is being read."""

    kind: str
    key: str = ""
    eck_id: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    group_keys: list[str] = field(default_factory=list)


class Reader:
    """The target: follows where we are by depth, and keeps the short list."""

    def __init__(self, *, birth_years: bool) -> None:
        self.birth_years = birth_years
        self.depth = self.elements = self.base = 0  # base: the depth of EDEX or leerlinggegevens
        self.kind = ""
        self.section = ""
        self.item: Item | None = None
        self.field = ""
        self.parts: list[str] | None = None
        self.length = 0
        self.school: dict[str, str] = {}
        self.groups: dict[str, Item] = {}
        self.pupils: list[Item] = []
        self.teachers: list[Item] = []
        self.dropped: Counter[str] = Counter()
        self.warnings: dict[str, None] = {}
        self.branches: set[str] = set()

    # What lxml calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEPTH or len(attributes) > MOST_ATTRIBUTES or self.elements > MOST_ELEMENTS:
            raise Unreadable("xml_shape")
        name = tag.rpartition("}")[2] if tag[:1] == "{" else tag
        if not self.base:
            self._outside(name)
        elif (level := self.depth - self.base) == 1:
            self._section(name)
        elif level == 2:
            self._item(name, attributes)
        elif level == 3:
            self._field(name, attributes)
        elif level == 4 and self.field == "groepen" and self.item:
            if name == "groep":
                self._group_key(attributes)
            else:
                self._drop(name)

    def data(self, text: str) -> None:
        if self.parts is not None:
            self.length += len(text)
            if self.length > MOST_CELL:
                raise Unreadable("long_cell", number=len(self.pupils) + len(self.teachers) + 1)
            self.parts.append(text)

    def end(self, tag: str) -> None:
        level = self.depth - self.base
        self.depth -= 1
        if not self.base:
            return
        if level == 3 and self.item:
            self._end_field()
        elif level == 2:
            self._end_item()
        elif level == 1:
            self.section = ""
        elif level == 0:
            self.base = 0

    def close(self) -> Reader:
        return self

    # Where we are

    def _outside(self, name: str) -> None:
        """Before EDEX or leerlinggegevens: a SOAP envelope or an answer may stand around it, nothing else."""
        if name in CONTAINERS:
            if self.kind:
                raise Unreadable("xml_other")
            self.base, self.kind = self.depth, CONTAINERS[name]
        elif name == "Fault":
            raise Unreadable("uwlr_fault")
        elif name.endswith("_verzoek"):
            raise Unreadable("uwlr_request")
        elif name in NO_PUPILS:
            raise Unreadable("no_pupils")
        elif self.depth == 1 and name != "Envelope" and not name.endswith("_antwoord"):
            raise Unreadable("xml_other")

    def _section(self, name: str) -> None:
        self.section = name
        if name not in SECTIONS:
            self._drop(name)

    def _item(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.section == "school":
            self._begin(name, known=name in SCHOOL)
        elif self.section in SECTIONS and name == SECTIONS[self.section]:
            self.item = Item(name)
            for attribute, text in attributes.items():
                if len(text) > MOST_CELL:
                    raise Unreadable("long_cell", number=len(self.pupils) + len(self.teachers) + 1)
                if attribute == "key":
                    self.item.key = text
                elif attribute == "eckid" and name != "groep":
                    self.item.eck_id = text
                else:
                    self._drop(attribute.rpartition("}")[2])
            if len(self.pupils) + len(self.teachers) + len(self.groups) >= MOST_ROWS:
                raise Unreadable("too_many_rows", most=MOST_ROWS)
        elif self.section in SECTIONS:
            self._drop(name)

    def _field(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self.item:
            return
        known = name in FIELDS[self.item.kind] and not (name == "geboortedatum" and not self.birth_years)
        if name == "groep" and known:
            self._group_key(attributes)
        elif name == "vestiging" and len(self.branches) < 2:
            self.branches.add(attributes.get("key", "")[:LONGEST_FACT])
        self._begin(name, known=known)

    def _begin(self, name: str, *, known: bool) -> None:
        self.field = name
        if known:
            self.parts, self.length = [], 0
        else:
            self.parts = None
            self._drop(name)

    def _group_key(self, attributes: Mapping[str, str]) -> None:
        if self.item and len(self.item.group_keys) < MOST_GROUPS:
            self.item.group_keys.append(attributes.get("key", "")[:LONGEST_FACT])

    def _drop(self, name: str) -> None:
        if name in self.dropped or len(self.dropped) < MOST_NAMES:
            self.dropped[name[:64]] += 1

    # What is kept

    def _end_field(self) -> None:
        if self.item and self.parts is not None and self.field not in self.item.texts:
            text = "".join(self.parts).strip()
            if self.field == "geboortedatum":
                text = year_of_birth(text)
                if not text:
                    self.warn("birth_date_odd")
            self.item.texts[self.field] = text
        self.field, self.parts = "", None

    def _end_item(self) -> None:
        item = self.item
        if self.section == "school" and self.parts is not None:
            text = "".join(self.parts).strip()[:LONGEST_FACT]
            if self.school.setdefault(self.field, text) != text and self.field in OF_ONE_SCHOOL:
                self.warn("several_schools")
        elif item and item.kind == "groep":
            if item.key in self.groups:
                self.warn("double_group")
            self.groups.setdefault(item.key, item)
        elif item and item.kind == "leerling":
            self.pupils.append(item)
        elif item:
            self.teachers.append(item)
        self.item, self.field, self.parts = None, "", None

    def warn(self, code: str) -> None:
        self.warnings[code] = None


def read_xml(pieces: Pieces, *, birth_years: bool) -> tuple[list[str], list[list[str]], PupilFacts]:
    """Headers, rows (pupils first, then teachers) and facts of EDEXML or UWLR. Raises Unreadable."""
    reader = Reader(birth_years=birth_years)
    parser = etree.XMLParser(
        target=reader,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except etree.XMLSyntaxError:
        raise Unreadable("broken") from None  # the parser's own words would quote the file
    if pieces.differs:
        reader.warn("encoding_differs")
    if not reader.pupils:  # teachers alone would make leavers of all pupils
        raise Unreadable("no_pupils" if reader.kind else "xml_other")
    facts = _facts(reader)
    headers = [name for name in HEADERS if birth_years or name != BIRTH_YEAR]
    rows = [*_pupil_rows(reader, facts[1]), *_teacher_rows(reader)]
    return headers, rows, _told(reader, *facts)


def _facts(reader: Reader) -> tuple[dict[str, str], str]:
    """Facts of the school, and the day on which the file speaks."""
    school = reader.school
    created, counted = day_of(school.get("aanmaakdatum", "")), day_of(school.get("peildatum", ""))
    year, brin = school.get("schooljaar", ""), school.get("brincode", "")
    version = re.sub(r"[^0-9.]", "", school.get("xsdversie", ""))[:8]
    version = {"1.03": "1.0.3", "1.3": "1.0.3"}.get(version, version)
    facts = {
        "school_year": school_year_of(year),
        "brin": brin_of(brin, school.get("dependancecode", "")),
        "system": system_of(school.get("auteur", "")),
        "schema": f"{reader.kind} {version}".strip(),
        "created_on": created,
    }
    if not facts["school_year"]:
        reader.warn("school_year_odd" if year else "school_year_missing")
    if not facts["brin"]:
        reader.warn("brin_odd" if brin else "brin_missing")
    elif not school.get("dependancecode") and len(brin.strip()) == 4:
        reader.warn("branch_missing")
    if not version:
        reader.warn("version_missing")
    if len(reader.branches) > 1:
        reader.warn("several_branches")
    if reader.school.get("auteur") and not facts["system"]:
        reader.dropped["auteur"] += 1
    return facts, counted or created


def _told(reader: Reader, facts: dict[str, str], day: str) -> PupilFacts:
    return PupilFacts(**facts, warnings=tuple(reader.warnings), dropped=dict(reader.dropped))


def _pupil_rows(reader: Reader, day: str) -> Iterator[list[str]]:
    names = [group.texts.get("naam", "") for group in reader.groups.values()]
    if len(set(names)) < len(names):
        reader.warn("same_group_name")
    for item in reader.pupils:
        texts = item.texts
        group = next((reader.groups[key] for key in item.group_keys if key in reader.groups), None)
        if item.group_keys and group is None:
            reader.warn("unknown_group")
        year, left = texts.get("jaargroep", ""), day_of(texts.get("uitstroomdatum", ""))
        if texts.get("uitstroomdatum"):
            reader.dropped["uitstroomdatum"] += 1
        if left and day and left <= day:
            year = "H"  # the day itself is not kept, only that the child has left
        of_group = group.texts.get("jaargroep", "") if group else ""
        if any(code and code not in CODES for code in (year, of_group)):
            reader.warn("year_group_odd")
        row = [
            "leerling",
            *_names(item, reader),
            group.texts.get("naam", "") if group else "",
            year,
            of_group,
        ]
        yield [*row, *([texts.get("geboortedatum", "")] if reader.birth_years else []), "", ""]


def _teacher_rows(reader: Reader) -> Iterator[list[str]]:
    for item in reader.teachers:
        groups = [reader.groups[key].texts.get("naam", "") for key in item.group_keys if key in reader.groups]
        if len(groups) < len(item.group_keys):
            reader.warn("unknown_group")
        told = SEPARATOR.join(name.replace("|", "/") for name in groups if name)
        birth = [""] if reader.birth_years else []
        yield [
            "leerkracht",
            *_names(item, reader),
            "",
            "",
            "",
            *birth,
            item.texts.get("emailadres", ""),
            told,
        ]


def _names(item: Item, reader: Reader) -> tuple[str, str, str, str, str]:
    """Key, ECK iD, first name, infix and last name. Of all first names only the first is taken, and only when there
    is no other."""
    texts = item.texts
    first = texts.get("roepnaam", "")
    if texts.get("voornamen") and first:
        reader.dropped["voornamen"] += 1
    first = first or " ".join(texts.get("voornamen", "").split()[:1])
    if not item.key:
        reader.warn("key_missing")
    infix = texts.get("voorvoegsel", "")
    return item.key.strip(), item.eck_id.strip(), first, infix, texts.get("achternaam", "")
