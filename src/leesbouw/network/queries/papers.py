"""The preparation of a talk and the handover of a unit as documents for paper; every word is chosen here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.time import today
from leesbouw.people.queries import ContactLine, UnitPeople
from leesbouw.plans.models import Action
from leesbouw.plans.queries import UnitActions, goal_sentence
from leesbouw.rendering.documents import Block, Bullets, Document, Pairs, Section, Text, one_page

from ..domain import DueState
from ..models import Conversation
from .agenda import AgendaRow
from .attendees import is_expected
from .cooperation import hours_words
from .findings import Found
from .inventory import InventoryPart
from .preparation import Handover, Preparation
from .talks import Answered
from .year_paper import year_sections

# What fits on a page with everything else; the page itself cuts further when it must.
LONG_TALKS, LONG_TALK, SHORT_TALK = 3, 420, 160  # characters
MOST_ANSWERS, LONG_ANSWER = 9, 240


def handover_document(handover: Handover, library: str) -> Document:
    """The handover of a unit; newest and most urgent first, because one page cuts from the end of its longest lists."""
    sections = [
        Section(_("Who is who"), people_blocks(handover.people)),
        Section(_("How we work together"), _cooperation_blocks(handover)),
        *(year_sections(handover.year) if handover.year else ()),
        Section(_("Still open"), action_blocks(handover.actions)),
        Section(_("What we talked about"), _talk_blocks(handover)),
        Section(_("What is there already"), _inventory_blocks(handover.inventory)),
    ]
    return Document(
        title=_("Handover: %(name)s") % {"name": handover.unit.name},
        subtitle=next_words(handover.coming),
        sections=[section for section in sections if section.blocks],
        unit=library,
        date=date_format(today(), "j F Y"),
        note=_("Confidential: holds names. Everybody named here may ask to see it."),
    )


def handover_pdf(handover: Handover, library: str, language: str) -> bytes:
    """The handover on exactly one page."""
    return one_page(handover_document(handover, library), earlier=earlier_words, lang=language)


def earlier_words(number: int) -> str:
    """The line for what was left out."""
    return ngettext("… and %(number)s more", "… and %(number)s more", number) % {"number": number}


def preparation_document(prepared: Preparation, library: str) -> Document:
    """What one takes to a talk, with room to think in the questions."""
    talk = prepared.page.talk
    sections = [
        Section(_("Who is who"), people_blocks(prepared.people)),
        Section(
            _("How we work together"),
            [Pairs(prepared.cooperation.facts)] if prepared.cooperation.facts else [],
        ),
        Section(_("What was decided"), _bullets(prepared.cooperation.decisions)),
        Section(_("What stands out"), _bullets([finding_words(one) for one in prepared.findings])),
        Section(_("How do our goals stand?"), _bullets([goal_sentence(one) for one in prepared.goals])),
        Section(_("Still open"), action_blocks(prepared.actions)),
        Section(_("The time before"), [Text(talk_words(prepared.last))] if prepared.last else []),
        Section(
            prepared.page.guide.name if prepared.page.guide else _("Questions"),
            _bullets([answer_words(one) for one in prepared.questions]),
        ),
    ]
    return Document(
        title=f"{talk.get_kind_display()}: {talk.unit.name}",
        subtitle=when_words(talk),
        meta=", ".join(prepared.page.people.names),
        sections=[section for section in sections if section.blocks],
        unit=library,
        date=date_format(today(), "j F Y"),
        note=_("Confidential: holds names. Everybody named here may ask to see it."),
    )


def finding_words(one: Found) -> str:
    """A finding with what it rests on and where it comes from."""
    return f"{one.text} {one.base}".strip() + f" ({one.source})"


def people_blocks(people: UnitPeople) -> list[Block]:
    """Contacts with who talks to them, and who of the library comes there; a team of teachers in one line."""
    named = [line for line in people.contacts if is_expected(line)]
    contacts = [_contact_words(line) for line in named]
    others = Counter(line.function for line in people.contacts if not is_expected(line))
    pairs = []
    if others:
        pairs.append(
            (_("And"), ", ".join(f"{number}× {function}" for function, number in others.most_common()))
        )
    staff = []
    for member in people.staff:
        hours = ""
        if member.hours_per_year:
            hours = _("%(hours)s hours a year") % {"hours": hours_words(member.hours_per_year)}
        staff.append(", ".join(filter(None, [member.staff.name, member.role, hours])))
    if staff:
        pairs.append((_("From the library"), "; ".join(staff)))
    return [*_bullets(contacts), *([Pairs(pairs)] if pairs else [])]


def _contact_words(line: ContactLine) -> str:
    words = ", ".join([line.contact.name, line.function, *line.parts])
    ways = " · ".join(filter(None, [line.contact.email, line.contact.phone]))
    talkers = ", ".join(member.name for member in line.talkers)
    return " – ".join(
        filter(None, [words, ways, _("talks to: %(names)s") % {"names": talkers} if talkers else ""])
    )


def action_blocks(actions: UnitActions) -> list[Block]:
    """What each side still has to do, the most urgent first."""
    blocks: list[Block] = []
    for label, rows in (
        (_("The library"), actions.library),
        (_("The partner, or together"), actions.partner),
    ):
        blocks += _bullets([f"{label}: {action_words(row)}" for row in rows])
    return blocks


def action_words(action: Action) -> str:
    who = getattr(action, "staff_name", None) or getattr(action, "contact_name", None) or ""
    due = _("before %(day)s") % {"day": date_format(action.due_on, "j F Y")} if action.due_on else ""
    details = ", ".join(filter(None, [who, due]))
    return f"{action.what} ({details})" if details else action.what


def talk_words(talk: Conversation, names: Sequence[str] = (), summary: str | None = None) -> str:
    """A talk in a few lines: day, kind, who was there, what was said (or a shorter `summary` of it)."""
    head = (
        f"{date_format(talk.day, 'j F Y')}, {talk.get_kind_display()}"
        if talk.day
        else str(talk.get_kind_display())
    )
    there = f" ({', '.join(names)})" if names else ""
    subject = f" {talk.subject}." if talk.subject else ""
    said = talk.summary if summary is None else summary
    return f"{head}{there}.{subject} {said}".strip()


def answer_words(answer: Answered) -> str:
    if not answer.answer:
        return answer.text
    day = date_format(answer.answered_on, "F Y") if answer.answered_on else ""
    return f"{answer.text} {answer.answer} ({day})" if day else f"{answer.text} {answer.answer}"


def when_words(talk: Conversation) -> str:
    """“dinsdag 6 oktober 2026, 9.30 uur”."""
    if talk.day is None:
        return ""
    day = date_format(talk.day, "l j F Y")
    at = talk.planned_at if talk.held_on is None else None
    return _("%(day)s, at %(time)s") % {"day": day, "time": time_format(at, "H.i")} if at else day


def next_words(row: AgendaRow | None) -> str:
    """When one speaks again."""
    if row is None:
        return ""
    if row.state == DueState.PLANNED and row.planned_on:
        return _("Next talk: %(day)s") % {"day": date_format(row.planned_on, "j F Y")}
    if row.due_on:
        return _("Next talk due: %(day)s") % {"day": date_format(row.due_on, "j F Y")}
    return ""


def _cooperation_blocks(handover: Handover) -> list[Block]:
    blocks: list[Block] = [Pairs(handover.cooperation.facts)] if handover.cooperation.facts else []
    return [*blocks, *_bullets(handover.cooperation.decisions)]


def _talk_blocks(handover: Handover) -> list[Block]:
    """The last talks; the older ones shorter and without who was there."""
    items = []
    for number, (talk, there) in enumerate(handover.talks):
        is_recent = number < LONG_TALKS
        summary = shortened(talk.summary, LONG_TALK if is_recent else SHORT_TALK)
        items.append(talk_words(talk, there.names if is_recent else (), summary=summary))
    return _bullets(items)


def shortened(text: str, length: int) -> str:
    """At most `length` characters, ending between two words."""
    if len(text) <= length:
        return text
    return f"{text[:length].rsplit(' ', 1)[0].rstrip(' ,.;')} …"


def _inventory_blocks(parts: Sequence[InventoryPart]) -> list[Block]:
    """The answers of the newest guides, as many as a page can hold beside the rest."""
    answers = [answer_words(answer) for part in parts for answer in part.answers]
    return _bullets([shortened(words, LONG_ANSWER) for words in answers[:MOST_ANSWERS]])


def _bullets(items: Sequence[Any]) -> list[Block]:
    return [Bullets([str(item) for item in items])] if items else []
