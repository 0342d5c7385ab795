"""Pages with 6,000 locations: the whole answer in ms, and whether its number of queries is fixed.

Budget: p95 ≤ 150 ms where the calibration is at most 8 ms (architecture, budgets).
"""

from __future__ import annotations

import os
import string
from datetime import date
from decimal import Decimal
from typing import Any

from . import measure

LOCATIONS = 6_000
ROUNDS = 40
ASKED = (
    "/scholen/",
    "/scholen/?volgorde=-leerlingen",
    "/scholen/?zoek=school+12",
    "/scholen/?aandacht=ending",
    "/scholen/?pagina=60",
)


def fill() -> Any:
    """The cast, and 6,000 locations in the area of library A, half of them with a partnership."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.core.time import SchoolYear
    from leesbouw.organisations.actions import LocationRow, YearRow, put_locations, write_location_years
    from leesbouw.organisations.models import Partnership
    from tests.factories.cast import make_cast

    cast, letters = make_cast(), string.ascii_uppercase
    rows = [
        LocationRow(
            code=f"{10 + n // 2600}{letters[n // 100 % 26]}{letters[n // 2600]}{n % 100:02d}",
            sector=("po", "sbo", "vo")[n % 3],
            name=f"School {n}",
            municipality="9901",
            board="99001",
            town="Elzen",
        )
        for n in range(LOCATIONS)
    ]
    ids = list(put_locations(rows, by=SYSTEM).created.values())
    for year in (SchoolYear.running(), SchoolYear.running().previous):
        write_location_years([YearRow(pk, pupils=100 + pk % 300) for pk in ids], year=year, by=SYSTEM)
    Partnership.objects.bulk_create(
        [
            Partnership(
                library=cast.library_a,
                location_id=pk,
                type="dbos",
                phase="execution",
                phase_since=date(2022, 8, 1),
                starts_on=date(2022, 8, 1),
                agreed_until=date(2030, 7, 31),
                hours_per_year=Decimal(50),
            )
            for pk in ids[::2]
        ]
    )
    return cast


def start_with_pages() -> None:
    """For a bench that asks for pages by Django's own client."""
    os.environ["LEESBOUW_DEBUG"] = "yes"  # static files straight from their folders
    measure.start()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    settings.DEBUG = False


def signed_in(actor: Any) -> Any:
    from allauth.mfa.models import Authenticator  # late: after set-up
    from django.test import Client

    from leesbouw.accounts.middleware import SESSION_KEY
    from leesbouw.accounts.models import User

    Authenticator.objects.get_or_create(user_id=actor.user_id, type="totp", defaults={"data": {}})
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[SESSION_KEY] = actor.assignment_id
    session.save()
    return client


def queries_of(client: Any, path: str) -> int:
    from django.db import connection  # late: after set-up
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200, path
    return len(caught)


def main() -> None:
    start_with_pages()
    cast = fill()
    for who in ("consultant", "nation"):
        client = signed_in(cast.actors[who])
        for path in ASKED:
            queries = queries_of(client, path)
            median, p95 = measure.spread(lambda client=client, path=path: client.get(path), times=ROUNDS)
            measure.say(
                f"{path} as {who}",
                p95,
                "ms p95",
                f"{LOCATIONS} locations",
                p50=round(median, 1),
                queries=queries,
            )
    client = signed_in(cast.consultant)
    for path in ("/vandaag/", "/school/99AA00/", "/gesprekken/", "/zoeken/?q=scool+4711"):
        queries = queries_of(client, path)
        median, p95 = measure.spread(lambda path=path: client.get(path), times=ROUNDS)
        measure.say(
            f"{path} as consultant",
            p95,
            "ms p95",
            f"{LOCATIONS} locations",
            p50=round(median, 1),
            queries=queries,
        )


if __name__ == "__main__":
    main()
