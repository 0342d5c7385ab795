"""A plan on paper or as Word, and what of a Word file belongs in which section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rapidfuzz import fuzz

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.rendering.documents import Block, Bullets, Document, Grid, Pairs, Section, Text

from ..domain.tasks import Accord
from ..enums import PlanKind, Side
from ..models import PlannedActivity
from .activities import HabitRow, activities_of, effort_of, structural_of
from .goals import GoalStanding, goal_standings
from .owners import owners_at
from .plans import OTHER, PlanView, SectionText, TemplateBody
from .tasks import Begun, Division, division_of

ALIKE = 70  # of 100: from here two headings are taken for the same
SYNONYMS = {  # words that real plans use above what is a section of ours
    "vision": ("visie op lezen", "visie", "onze visie", "visie op leesonderwijs"),
    "reason": ("aanleiding", "inleiding"),
    "ambition": ("doel", "lange termijn", "ambitie"),
    "library": ("schoolbibliotheek", "collectie", "leesomgeving"),
    "team": ("de leescoördinator", "leescoördinator", "deskundigheid"),
    "cooperation": ("samenwerking met de bibliotheek", "samenwerking"),
    "parents": ("ouders", "ouderbetrokkenheid", "samenwerking met ouders"),
    "evaluation": ("evaluatie", "terugblik", "borging"),
    "begin": ("beginsituatie", "huidige situatie", "inventarisatie", "waar staan we"),
    "collection": ("collectie", "boeken", "schoolbibliotheek"),
    "training": ("scholing", "deskundigheidsbevordering", "professionalisering"),
    "digital": ("mediawijsheid", "digitale geletterdheid"),
    "meetings": ("overleg", "overlegmomenten"),
}


def plan_document(actor: Actor, unit: Location, view: PlanView) -> Document:
    """The whole plan: its texts, and its goals, activities, weekly habits and hours where it shows them."""
    standings = goal_standings(actor, unit, view.year)
    activities = list(activities_of(actor, unit, view.year))
    shown: dict[str, Sequence[Block]] = {
        "goals": [_goals(standings)],
        "activities": [_activities(unit, activities)],
        "structural": _habits(structural_of(actor, unit, view.year)),
        "effort": [_effort(activities)],
    }
    sections = [
        Section(one.section.title, shown.get(one.section.shows) or [Text(one.text)])
        for one in view.texts
        if one.section.shows != "text" or one.text
    ]
    if view.kind == PlanKind.YEAR:
        sections += _tasks_section(unit, division_of(actor, unit, view.year))
    agreed = view.approval
    meta = (
        _("Agreed by %(name)s on %(day)s")
        % {"name": agreed.approved_by, "day": date_format(agreed.approved_at, "j F Y")}
        if agreed and not view.changed_since_approval
        else _("Not agreed yet")
    )
    return Document(
        title=f"{view.kind.label} {view.year}",
        subtitle=unit.name,
        meta=meta,
        unit=unit.name,
        date=date_format(today(), "j F Y"),
        sections=sections,
    )


def _tasks_section(unit: Location, division: Division) -> list[Section]:
    """Who does what, as far as somebody wrote it down."""
    if division.begun is Begun.SHIPPED:
        return []
    return [Section(_("Who does what"), [_tasks(unit, division), Text(_accords(division))])]


def tasks_document(unit: Location, division: Division) -> Document:
    """The division of tasks on a page of its own."""
    return Document(
        title=_("Who does what in %(year)s") % {"year": str(division.year)},
        subtitle=unit.name,
        meta=_accords(division),
        unit=unit.name,
        date=date_format(today(), "j F Y"),
        sections=[
            Section(_("Tasks"), [_tasks(unit, division)]),
            Section(_("Source"), [Text(division.source)]),
        ],
    )


def _tasks(unit: Location, division: Division) -> Block:
    head = (_("Task"), _("Who"), pgettext("task", "How"))
    words = owners_at(unit)
    return Grid(
        head, [(line.text, words[Side(line.side)], line.note) for line in division.lines if line.side]
    )


def _accords(division: Division) -> str:
    """Who agreed with the list, and when; nobody whose agreement is older than the last change."""
    told = [row for _side, accord, row in division.sides if row and accord is Accord.YES]
    if not told:
        return _("Not agreed yet")
    return "; ".join(
        _("Agreed by %(name)s on %(day)s")
        % {"name": row.agreed_by, "day": date_format(row.agreed_at, "j F Y")}
        for row in told
    )


def _goals(standings: Sequence[GoalStanding]) -> Block:
    lines = []
    for one in standings:
        if one.progress:
            way = " → ".join(
                words for words in (one.baseline_words, one.latest_words, one.target_words) if words
            )
            lines.append(f"{one.goal.what}: {one.measure.body.name} {way}" if one.measure else one.goal.what)
        else:
            lines.append(f"{one.goal.what}: {one.goal.evidence}")
    return Bullets(lines or [_("No goals for this year yet")])


def _activities(unit: Location, activities: Sequence[PlannedActivity]) -> Block:
    """The planning form with its seven columns."""
    if not activities:
        return Text(_("No activities yet"))
    head = (
        _("Activity"),
        _("Goal"),
        _("What we do"),
        _("When"),
        _("Who"),
        _("How"),
        _("How it went"),
    )
    whose = owners_at(unit)
    return Grid(head, [_activity(row, whose) for row in activities])


def _activity(row: PlannedActivity, whose: Mapping[Side, str]) -> tuple[str, ...]:
    days = [date_format(day, "j b Y") for day in (row.from_on, row.until_on) if day]
    who = getattr(row, "staff_name", None) or getattr(row, "contact_name", None) or whose[Side(row.side)]
    goal = row.goal.what if row.goal else ""
    went = row.evaluation or (_("Done") if row.done_on else "")
    return (row.what, row.aim or goal, row.steps, " – ".join(days), str(who), row.how, went)


def _habits(rows: Sequence[HabitRow]) -> Sequence[Block]:
    groups = [str(group) if group else _("every group") for group, _told in rows[0].cells]
    lines = [
        [str(row.habit.label), *(str(told.agreed) if told else "–" for _group, told in row.cells)]
        for row in rows
    ]
    return [Grid([_("Minutes a week"), *groups], lines, numeric=tuple(range(1, len(groups) + 1)))]


def _effort(activities: Sequence[PlannedActivity]) -> Block:
    effort = effort_of(activities)
    hours = {"hours": floatformat(effort.hours, -2), "school": floatformat(effort.school_hours, -2)}
    return Text(_("Hours of the library: %(hours)s. Hours of the school: %(school)s.") % hours)


def evaluation_document(actor: Actor, unit: Location, year: SchoolYear) -> Document:
    """Looking back on a year: each goal from where it began to what was measured, in the school's own words and with
    what was decided; and what was done. An evaluation shows the figure of its own day, else the newest one."""
    standings = goal_standings(actor, unit, year)
    activities = list(activities_of(actor, unit, year))
    effort = effort_of(activities)
    done = {"done": effort.done, "count": effort.count}
    return Document(
        title=_("Looking back on %(year)s") % {"year": str(year)},
        subtitle=unit.name,
        meta=_("%(done)s of %(count)s activities are done.") % done if effort.count else "",
        unit=unit.name,
        date=date_format(today(), "j F Y"),
        sections=[
            *(Section(one.goal.what, _looked_back(one)) for one in standings),
            Section(_("What we did"), [_activities(unit, activities)]),
        ],
    )


def _looked_back(one: GoalStanding) -> list[Block]:
    told = one.evaluation
    if one.progress:
        now = one.words(told.result) if told and told.result is not None else one.latest_words
        rows = [
            (_("Beginning"), one.baseline_words),
            (_("Goal"), one.target_words),
            (_("Result"), now or _("not measured since")),
        ]
        if told and told.low is not None and told.high is not None:
            rows.append((_("Almost surely between"), f"{one.words(told.low)} – {one.words(told.high)}"))
    else:
        rows = [(_("You see it by:"), one.goal.evidence)]
    if told:
        rows.append((_("What you decided"), str(told.get_decision_display())))
    words = [Text(told.words)] if told and told.words else []
    return [Pairs(rows), *words]


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part of a Word file: its heading, its text, and the section it goes to."""

    heading: str
    text: str
    code: str


def map_to_sections(template: TemplateBody, parts: Sequence[tuple[str, str]]) -> list[ReadPart]:
    """Where each part of a Word file belongs; what looks like no section of ours goes to "other", so nothing is lost.

    A part keeps its own heading inside the text unless it is the heading of its section.
    """
    sections = [one for one in template.sections if one.shows == "text"]
    found = []
    for heading, text in parts:
        code = _closest(heading, [(one.code, one.title) for one in sections]) if heading else OTHER.code
        found.append(ReadPart(heading, text, code))
    return found


def _closest(heading: str, sections: Sequence[tuple[str, str]]) -> str:
    plain = heading.casefold().lstrip("0123456789. ")
    scored = [
        (
            max(fuzz.token_sort_ratio(plain, name.casefold()) for name in (title, *SYNONYMS.get(code, ()))),
            code,
        )
        for code, title in sections
    ]
    best, code = max(scored)
    return code if best >= ALIKE else OTHER.code


def texts_of(parts: Sequence[ReadPart], sections: Sequence[SectionText]) -> dict[str, str]:
    """The parts as texts by section, as `actions.read_plan_in` takes them."""
    titles = {one.section.code: one.section.title.casefold() for one in sections}
    texts: dict[str, list[str]] = {}
    for part in parts:
        own = part.heading.casefold() == titles.get(part.code)
        text = part.text if own or not part.heading else f"{part.heading}\n{part.text}"
        if text.strip():
            texts.setdefault(part.code, []).append(text.strip())
    return {code: "\n\n".join(lines) for code, lines in texts.items()}
