"""EDEXML and UWLR."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from .records import SECRET_ELEMENTS, Child, School, Teacher, needle

UWLR = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
AUTHORISATION = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def edexml(
    children: Iterable[Child],
    teachers: Iterable[Teacher] = (),
    *,
    school: School | None = None,
    version: str = "2.1",
    group_years: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    declared: str = "",
    secrets: bool = False,
    head: str = "",
) -> bytes:
    """EDEXML 1.03, 2.0 or 2.1 (`version`). `group_years`: name of a group → its code, "5" when it is not there.

    `secrets` fills every field that must not come in with a needle; `head` stands before the root.
    """
    body = _body(list(children), list(teachers), school or School(), version, group_years or {}, secrets)
    text = (
        f'<?xml version="1.0" encoding="{declared or encoding}"?>\n{head}'
        '<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd">\n{body}</EDEX>\n'
    )
    return text.encode(encoding)


def uwlr(
    children: Iterable[Child],
    teachers: Iterable[Teacher] = (),
    *,
    school: School | None = None,
    group_years: Mapping[str, str] | None = None,
    envelope: bool = True,
    prefix: str = "",
    secrets: bool = False,
    content: str = "",
) -> bytes:
    """The answer to HaalLeerlinggegevens of UWLR 2.2, with its SOAP envelope or bare, with or without a prefix.

    `secrets` makes it the LVS set and more; `content` replaces the data, for an answer without any.
    """
    body = content or (
        "<leerlinggegevens>\n"
        + _body(list(children), list(teachers), school or School(), "2.2", group_years or {}, secrets)
        + "</leerlinggegevens>"
    )
    if prefix:
        body = body.replace("</", "<\0").replace("<", f"<{prefix}:").replace(f"<{prefix}:\0", f"</{prefix}:")
    colon = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    answer = (
        f'<{colon}leerlinggegevens_antwoord {space}="{UWLR}" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}</{colon}leerlinggegevens_antwoord>'
    )
    if envelope:
        answer = (
            f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Header><a:autorisatie xmlns:a="{AUTHORISATION}">'
            f"<a:autorisatiesleutel>{needle('sleutel')}</a:autorisatiesleutel><a:klantcode>1</a:klantcode>"
            f"<a:klantnaam>De Wilg</a:klantnaam></a:autorisatie></soap:Header>"
            f"<soap:Body>{answer}</soap:Body></soap:Envelope>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{answer}\n'.encode()


def _body(
    children: list[Child],
    teachers: list[Teacher],
    school: School,
    version: str,
    group_years: Mapping[str, str],
    secrets: bool,
) -> str:
    names = dict.fromkeys(child.group for child in children if child.group)
    names |= dict.fromkeys(name for teacher in teachers for name in teacher.groups)
    keys = {name: f"g{number}" for number, name in enumerate(names, start=1)}
    with_eck = version not in {"1.03", "2.0"}
    return "".join(
        (
            _school(school, version),
            "<groepen>\n" if keys else "",
            *(
                f"<groep key={quoteattr(key)}>{_leaf('naam', name)}"
                f"{_leaf('jaargroep', group_years.get(name, '5'))}</groep>\n"
                for name, key in keys.items()
            ),
            "</groepen>\n" if keys else "",
            "<leerlingen>\n",
            *(_child(child, keys, with_eck, secrets) for child in children),
            "</leerlingen>\n",
            "<leerkrachten>\n" if teachers else "",
            *(_teacher(teacher, keys, with_eck, secrets) for teacher in teachers),
            "</leerkrachten>\n" if teachers else "",
        )
    )


def _school(school: School, version: str) -> str:
    return (
        "<school>"
        + _leaf("schooljaar", school.school_year)
        + _leaf("brincode", school.brin)
        + _leaf("dependancecode", school.branch or "")
        + _leaf("aanmaakdatum", school.created_at)
        + _leaf("auteur", school.author)
        + _leaf("xsdversie", version)
        + "</school>\n"
    )


def _child(child: Child, keys: Mapping[str, str], with_eck: bool, secrets: bool) -> str:
    before = {"voorletters-1"}
    middle = {"geslacht", "start_ondw_jgr3"}
    told = SECRET_ELEMENTS if secrets else ()
    return (
        f"<leerling key={quoteattr(child.key)}{_eck(child.eck_id) if with_eck else ''}>"
        + _leaf("achternaam", child.last_name)
        + _leaf("voorvoegsel", child.infix)
        + "".join(_leaf(name, needle(name)) for name in told if name in before)
        + _leaf("roepnaam", child.first_name)
        + _leaf("geboortedatum", child.birth_date)
        + "".join(_leaf(name, needle(name)) for name in told if name in middle)
        + _leaf("jaargroep", child.year_group)
        + (f"<groep key={quoteattr(keys[child.group])}/>" if child.group else "")
        + "".join(_leaf(name, needle(name)) for name in told if name not in before | middle)
        + (_addition() if secrets else "")
        + "</leerling>\n"
    )


def _teacher(teacher: Teacher, keys: Mapping[str, str], with_eck: bool, secrets: bool) -> str:
    return (
        f"<leerkracht key={quoteattr(teacher.key)}{_eck(teacher.eck_id) if with_eck else ''}>"
        + _leaf("achternaam", teacher.last_name)
        + _leaf("voorvoegsel", teacher.infix)
        + _leaf("roepnaam", teacher.first_name)
        + (_leaf("gebruikersnaam", needle("inlognaam")) if secrets else "")
        + _leaf("emailadres", teacher.email)
        + (_leaf("rolomschrijving", needle("rol")) if secrets else "")
        + (
            "<groepen>"
            + "".join(f"<groep key={quoteattr(keys[name])}/>" for name in teacher.groups)
            + "</groepen>"
            if teacher.groups
            else ""
        )
        + (_addition() if secrets else "")
        + "</leerkracht>\n"
    )


def _addition() -> str:
    """A block of whatever a program adds; it even looks like a pupil."""
    return (
        '<toevoegingen><blok xsi:type="OpmerkingGegevensType">'
        f"{_leaf('code', needle('code'))}{_leaf('opmerking', needle('opmerking'))}"
        f"<roepnaam>{needle('roepnaam')}</roepnaam></blok></toevoegingen>"
    )


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _eck(text: str) -> str:
    return f" eckid={quoteattr(text)}" if text else ""
