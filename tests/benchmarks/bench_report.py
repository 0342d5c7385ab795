"""The report of the demo's first school, as a page and as files; its figures worked out; 100,000 lists as CSV.

Budgets: the page ≤ 150 ms, PDF and PPTX ≤ 1 s each, the CSV ≤ 3 s, where the calibration is at most 8 ms.
"""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

from . import measure
from .bench_pages import queries_of, signed_in, start_with_pages

SCHOOL = "99AA00"
ASKED = "po-pupil@1"
LISTS = 100_000


def main() -> None:
    start_with_pages()
    from leesbouw.cli import demo  # late: after set-up
    from leesbouw.core.access import SYSTEM
    from leesbouw.core.time import SchoolYear
    from leesbouw.monitor import actions, queries

    demo.fill("small")
    row = queries.participation_in(SYSTEM, location=SCHOOL, kind="po", year=SchoolYear.running())
    took = measure.seconds(lambda: actions.work_out(participation_id=row.pk, by=SYSTEM))
    measure.say("figures of a school worked out", took, "s", "110 lists")
    head = signed_in(head_of(row))
    path = f"/monitor/deelname/{row.pk}/rapport/"
    queries_asked = queries_of(head, path)
    median, p95 = measure.spread(lambda: head.get(path), times=20)
    measure.say(
        "report of a school, page", p95, "ms p95", "head", p50=round(median, 1), queries=queries_asked
    )
    level = f"/monitor/niveau/{row.round.library_id}/"
    _median, p95 = measure.spread(lambda: head.get(level), times=20)
    measure.say("report of a library, page", p95, "ms p95", "head", queries=queries_of(head, level))
    for format in queries.FILES:
        took = measure.seconds(lambda format=format: queries.report_file(SYSTEM, row, format))
        measure.say(f"report of a school as {format}", took, "s", row.location.name)
    fill(row)
    took = measure.seconds(export)
    measure.say("answers as CSV", took, "s", f"{LISTS} lists of pupils")


def head_of(row: Any) -> Any:
    from leesbouw.accounts.models import RoleAssignment  # late: after set-up
    from leesbouw.accounts.queries import actor_of_assignment

    roles = RoleAssignment.objects.filter(unit=row.location_id, role="school-head")
    return actor_of_assignment(roles.first().pk)


def fill(row: Any) -> None:
    """So many lists of pupils in years that are over, with the answers of the demo over and over."""
    from leesbouw.core.time import SchoolYear  # late: after set-up
    from leesbouw.monitor.models import Submission

    over = Submission.objects.trusted("bench").filter(participation__round__year__lt=SchoolYear.running())
    known = list(over.filter(questionnaire=ASKED))
    Submission.objects.bulk_create(
        (
            Submission(
                participation_id=one.participation_id,
                respondent=one.respondent,
                questionnaire=ASKED,
                year_group=one.year_group,
                answers=one.answers,
            )
            for one in islice(cycle(known), LISTS - len(known))
        ),
        batch_size=2000,
    )


def export() -> None:
    """As `leesbouw monitor export` writes it, to nowhere."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.monitor import actions, queries

    chunks = actions.answers_csv(questionnaire=queries.questionnaire(ASKED), by=SYSTEM)
    lines = sum(chunk.count(b"\r\n") for chunk in chunks)
    assert lines == LISTS + 1, lines


if __name__ == "__main__":
    main()
