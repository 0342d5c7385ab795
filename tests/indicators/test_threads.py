"""Two at once, on a real database: a location that closes twice and a year that is published twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from leesbouw.core.access import SYSTEM
from leesbouw.indicators.actions import publish
from leesbouw.indicators.models import BlockMember, Cell, Published
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import Location

from .cells import SHARE, YEAR, close, share

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """All begin at the same moment; the errors there were."""
    barrier, errors = threading.Barrier(len(works)), []

    def go(work: Callable[[], object]) -> None:
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return errors


def test_a_location_that_closes_in_four_threads_has_each_cell_once(cast) -> None:
    errors = at_once(
        *(lambda n=n: close(cast.a1, share(n, 20), share(n, 20, "group:1")) for n in (11, 12, 13, 14))
    )

    assert errors == []
    cells = list(Cell.objects.trusted("a test").values_list("breakdown", "numerator"))
    assert [breakdown for breakdown, _ in sorted(cells)] == ["", "group:1"]
    assert len({numerator for _, numerator in cells}) == 1  # both of the same closing
    assert Published.objects.filter(unit=cast.a1, code=SHARE).count() == 2


def test_a_year_that_is_published_twice_at_once_has_each_row_once(cast) -> None:
    write_location_years([YearRow(one.pk) for one in Location.objects.all()], year=YEAR, by=SYSTEM)
    close(cast.a1, share(3, 4))
    close(cast.a2, share(4, 9))
    publish(year=YEAR, by=SYSTEM)
    rows = sorted(Published.objects.values_list("unit", "numerator"))

    errors = at_once(*(lambda: publish(year=YEAR, by=SYSTEM) for _ in range(3)))

    assert errors == []
    assert sorted(Published.objects.values_list("unit", "numerator")) == rows
    assert BlockMember.objects.trusted("a test").count() == 0  # one sees its own figure and one does not
