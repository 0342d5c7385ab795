"""The report of a school or of a level as paper, slides, workbook and pictures: the same figures in the room's own layout."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.rendering import report as paper
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.domain import format_date

from ...domain.findings import Sign
from ...enums import MonitorKind
from ...models import Participation
from ..wording import in_words_of, wording
from .chosen import Choice, ChosenReport, chosen_report
from .level import Level, LevelReport, level_report
from .school import SchoolReport, school_report
from .topics import TOPICS

# How a report leaves: what makes its bytes, what its name ends in, and whether every question is in it. On paper and
# on slides stands what matters most, because nobody reads thirty pages; all figures are in the workbook.
FILES: dict[str, tuple[Callable[[paper.Report], bytes], str, bool]] = {
    "pdf": (paper.as_pdf, "pdf", False),
    "pptx": (paper.as_slides, "pptx", False),
    "xlsx": (paper.as_workbook, "xlsx", True),
    "png": (paper.as_pictures, "zip", False),
}
SIGNS = {Sign.UP: paper.Sign.UP, Sign.DOWN: paper.Sign.DOWN, Sign.QUESTION: paper.Sign.ASK}


def report_file(actor: Actor, participation: Participation, format: str) -> tuple[bytes, str]:
    """The report of a school in a format of FILES as this actor may see it, with its file name."""
    make, extension, whole = FILES[format]
    with in_words_of(participation.round.kind):
        report = school_report(actor, participation, more=tuple(TOPICS) if whole else ())
        name = file_name(participation.location.name, str(_("Monitor")), today(), extension)
        return make(as_paper(report)), name


def level_file(
    actor: Actor, level: Level, kind: MonitorKind, year: SchoolYear, format: str
) -> tuple[bytes, str]:
    """The same of a level."""
    make, extension, whole = FILES[format]
    with in_words_of(kind):
        report = level_report(actor, level, kind, year, more=tuple(TOPICS) if whole else ())
        name = file_name(level.unit.name, str(_("Monitor")), today(), extension)
        return make(level_as_paper(report)), name


def chosen_file(actor: Actor, choice: Choice, ids: Collection[int], format: str) -> tuple[bytes, str]:
    """The same of a chosen set. Raises LookupError when nothing is left of the choice."""
    make, extension, whole = FILES[format]
    with in_words_of(choice.kind):
        report = chosen_report(actor, choice, ids, more=tuple(TOPICS) if whole else ())
        if report is None:
            raise LookupError("fewer than two are chosen")
        name = file_name(str(_("Own choice")), str(_("Monitor")), today(), extension)
        return make(_chosen_as_paper(report)), name


def _chosen_as_paper(report: ChosenReport) -> paper.Report:
    choice = report.choice
    return _paper(
        report,
        title=str(wording(choice.kind).title),
        subtitle=f"{choice.kind.label} {choice.year}",
        unit=str(_("Own choice")),
        facts=[
            (_("Measured in"), str(choice.year)),
            (_("Chosen"), ", ".join(unit.name for unit in report.units)),
            (_("May be chosen from"), ", ".join(unit.name for unit in choice.units)),
        ],
    )


def as_paper(report: SchoolReport) -> paper.Report:
    """What leaves the page: without anything that the page hides."""
    one = report.participation
    standing = report.standing
    facts = [(_("Measured in"), str(one.round.year))]
    if wording(one.round.kind).asks_children:
        facts.append((_("Lists of pupils"), _of(*standing.pupils)))
    facts += [
        (str(wording(one.round.kind).lists), _of(*standing.teachers)),
        (_("Lists"), ", ".join(sorted(one.round.questionnaires.values()))),
    ]
    return _paper(
        report,
        title=str(wording(one.round.kind).title),
        subtitle=str(one.round),
        unit=one.location.name,
        questions=() if report.chosen else tuple(point.question for point in report.points),
        facts=facts,
        chosen=tuple(point.text for point in report.chosen),
        known={
            topic.topic: tuple(f"{one.get_kind_display()}: {one.text}" for one in topic.notes)
            for topic in report.known
        },
    )


def level_as_paper(report: LevelReport) -> paper.Report:
    """The same of a level, with where the published figures come from."""
    facts = [(_("Measured in"), str(report.year))]
    facts += [(one.name, one.hidden or _of(one.done, one.expected)) for one in report.response]
    if report.together:
        facts += [(_("What goes together"), f"{said} {base}") for said, base in report.together.said]
    facts += [(f"{name}, {one.period}", one.source) for name, one in report.published]
    return _paper(
        report,
        title=str(wording(report.kind).title),
        subtitle=f"{report.kind.label} {report.year}",
        unit=report.level.unit.name,
        facts=facts,
    )


def _paper(
    report: SchoolReport | LevelReport | ChosenReport,
    *,
    facts: list[tuple[str, str]],
    questions: tuple[str, ...] = (),
    chosen: tuple[str, ...] = (),
    known: Mapping[str, tuple[str, ...]] | None = None,
    **words: str,
) -> paper.Report:
    hidden = (_("Small numbers"), _("Figures about too few people are hidden, everywhere in the same way."))
    return paper.Report(
        **words,
        date=format_date(today()),
        source=_("Monitor of Leesbouw, questions of our own; not the official Monitor"),
        chosen=chosen,
        findings=tuple(paper.Finding(said.text, SIGNS[said.sign], said.base) for said in report.minute),
        topics=tuple(
            paper.Topic(
                topic.title,
                topic.sentence,
                (*topic.charts, *topic.more),
                known=(known or {}).get(topic.code, ()),
            )
            for topic in report.topics
        ),
        questions=questions,
        facts=(*facts, hidden),
    )


def _of(done: int, expected: int) -> str:
    return _("%(done)s of %(expected)s") % {"done": done, "expected": expected}
