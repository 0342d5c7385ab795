"""Pages of the school library with a million loans behind them: whole answers in ms, and how many questions each asks.

Budget: p95 ≤ 150 ms where the calibration is at most 8 ms. 300,000 copies over 200 schools, each lent some four times in
two years, of which the children are forgotten; some 40,000 loans are open.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from . import bench_desk, measure
from .bench_pages import queries_of, signed_in, start_with_pages

ROUNDS, LOANS = 20, 1_000_000


def main() -> None:
    start_with_pages()
    bench_desk.fill()
    remember(LOANS)
    from django.db import connection  # late: after set-up

    from leesbouw.core.access import SYSTEM
    from leesbouw.lending.actions import count_months
    from leesbouw.lending.models import Loan
    from leesbouw.organisations.models import ClassGroup, Library, Location
    from tests.factories.cast import add_person
    from tests.factories.lending import agree
    from tests.factories.teaching import teach

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    measure.say(
        "months counted of all schools", measure.seconds(lambda: count_months(by=SYSTEM)), "s", "in a job"
    )
    school = Location.objects.get(code="98AA00")
    group = ClassGroup.objects.get(location=school, name="8")
    library = Library.objects.get(pk=school.partnerships.get().library_id)
    agree(library, school)
    on = f"{Loan.objects.visible_to(SYSTEM).count():,} loans"
    place, collection = f"/school/{school.code}/", "/boeken/"
    title = Loan.objects.visible_to(SYSTEM).filter(location=school).first().title_id
    joke = add_person("Joke", "reading-coordinator", school)
    asked = (
        (joke, (f"{place}uitleen/", f"{place}balies/", f"{place}wachten/",
         f"{place}kwijt/", f"{place}alles-terug/", f"{place}collectie/", place, "/vandaag/")),
        (teach(add_person("Eva", "teacher", school), group, by=joke), (f"/klas/groep/{group.pk}/lenen/", f"/klas/groep/{group.pk}/lenen/alles-terug/",
         "/groepsboeken/")),
        (add_person("Hester", "collection", library), (collection, f"{collection}{title}/", f"{collection}scholen/",
         f"{collection}saneren/", f"{collection}kopen/")),
        (add_person("Samir", "education-manager", library), ("/uitleen/", f"{collection}leenrecht/")),
    )  # fmt: skip
    for who, paths in asked:
        client = signed_in(who)
        for path in paths:
            questions = queries_of(client, path)
            median, p95 = measure.spread(lambda client=client, path=path: client.get(path), times=ROUNDS)
            measure.say(f"{path} as {who.role}", p95, "ms p95", on, p50=round(median, 1), queries=questions)


def remember(number: int) -> None:
    """Loans of the years before, as they are when the child is forgotten: each copy went out again and again."""
    from leesbouw.collection.models import Copy  # late: after set-up
    from leesbouw.core.access import SYSTEM
    from leesbouw.core.db import add_rows, in_chunks, write_transaction
    from leesbouw.core.time import SchoolYear, now
    from leesbouw.lending.models import Loan

    copies: list[Any] = list(Copy.objects.order_by("pk").values_list("pk", "title_id", "location_id"))
    rounds = -(-(number - Loan.objects.visible_to(SYSTEM).count()) // len(copies))
    for ago in range(1, rounds + 1):
        at = now() - timedelta(days=150 * ago)
        year = SchoolYear.of(at.date())
        with write_transaction():
            for chunk in in_chunks(copies, 5000):
                add_rows(
                    [
                        Loan(copy_id=copy, title_id=title, location_id=place, year=year, kind="pupil", year_group=5,
                             owner="library", borrowed_at=at, due_on=at.date(), ended_at=at + timedelta(days=14),
                             ended_as="returned", was_cut=True)
                        for copy, title, place in chunk
                    ]
                )  # fmt: skip


if __name__ == "__main__":
    main()
