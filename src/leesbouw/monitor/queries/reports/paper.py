"""The report of a school as paper, slides, workbook and pictures: the same figures in the room's own layout."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.rendering import report as paper
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.domain import format_date

from ...domain.findings import Sign
from ...models import Participation
from ..wording import wording
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


def as_paper(report: SchoolReport) -> paper.Report:
    """What leaves the page: without anything that the page hides."""
    one = report.participation
    done, expected = report.progress.standing.pupils
    teachers, groups = report.progress.standing.teachers
    facts = [
        (_("Measured in"), str(one.round.year)),
        (_("Lists of pupils"), _("%(done)s of %(expected)s") % {"done": done, "expected": expected}),
        (
            str(wording(one.round.kind).lists),
            _("%(done)s of %(expected)s") % {"done": teachers, "expected": groups},
        ),
        (_("Lists"), ", ".join(sorted(one.round.questionnaires.values()))),
        (_("Small numbers"), _("Figures about too few people are hidden, everywhere in the same way.")),
    ]
    return paper.Report(
        title=str(wording(one.round.kind).title),
        subtitle=str(one.round),
        unit=one.location.name,
        date=format_date(today()),
        source=_("Monitor of Leesbouw, questions of our own; not the official Monitor"),
        findings=tuple(paper.Finding(said.text, SIGNS[said.sign], said.base) for said in report.minute),
        topics=tuple(
            paper.Topic(topic.title, topic.sentence, (*topic.charts, *topic.more)) for topic in report.topics
        ),
        questions=tuple(point.question for point in report.points),
        facts=tuple(facts),
    )


def report_file(actor: Actor, participation: Participation, format: str) -> tuple[bytes, str]:
    """The report in a format of FILES as this actor may see it, with its file name."""
    make, extension, whole = FILES[format]
    report = school_report(actor, participation, more=tuple(TOPICS) if whole else ())
    name = file_name(participation.location.name, str(_("Monitor")), today(), extension)
    return make(as_paper(report)), name
