"""The report of a school as paper, slides, workbook and pictures: the same figures in the room's own layout."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leesbouw.core.time import today
from leesbouw.rendering import report as paper
from leesbouw.ui.domain import format_date

from ...domain.findings import Sign
from .school import SchoolReport

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
            _("Groups with a list of the teacher"),
            _("%(done)s of %(expected)s") % {"done": teachers, "expected": groups},
        ),
        (_("Lists"), ", ".join(sorted(one.round.questionnaires.values()))),
        (_("Small numbers"), _("Figures about too few people are hidden, everywhere in the same way.")),
    ]
    return paper.Report(
        title=_("What children and teachers told"),
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
