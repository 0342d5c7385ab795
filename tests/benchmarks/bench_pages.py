"""The list of locations with 6,000 rows: p50 and p95 of the whole answer in ms, and its number of queries.

python -m tests.benchmarks.bench_pages

Prints one line of JSON for each person; `calibration_ms` is a loop of 200,000 rounds. Budget: p95 ≤ 150 ms, a fixed
number of queries, where the calibration is at most 8 ms (architecture, budgets).
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import string
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

LOCATIONS = 6_000
ROUNDS = 40
ASKED = ("/scholen/", "/scholen/?volgorde=-leerlingen", "/scholen/?zoek=school+12", "/scholen/?aandacht=ending", "/scholen/?pagina=60")


def calibration_ms() -> float:
    """How long this machine takes for a loop of 200,000 rounds, now."""
    begin = time.perf_counter()
    for _ in range(200_000):
        pass
    return (time.perf_counter() - begin) * 1000


def set_up(folder: str) -> None:
    """Django on an empty database in a folder of its own."""
    os.environ |= {
        "LEESBOUW_DATA": folder,
        "LEESBOUW_DEBUG": "yes",
        "DJANGO_SETTINGS_MODULE": "leesbouw.config.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "src"), str(root)]
    import django  # late: the environment comes first

    django.setup()
    from django.conf import settings  # late: after set-up
    from django.core.management import call_command  # late: after set-up

    settings.ALLOWED_HOSTS.append("testserver")
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from leesbouw.core import content  # late: after set-up

    content.load_all()


def fill():  # type: ignore[no-untyped-def]
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


def signed_in(actor):  # type: ignore[no-untyped-def]
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


def measure(client, path: str) -> tuple[list[float], int]:  # type: ignore[no-untyped-def]
    """Milliseconds of each round, and the number of queries of one."""
    from django.db import connection  # late: after set-up
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200, path
    queries = len(caught)  # now: the next request forgets them
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - begin) * 1000)
    return took, queries


def main() -> None:
    folder = tempfile.mkdtemp(prefix="leesbouw-bench-")
    try:
        set_up(folder)
        cast = fill()
        for who in ("consultant", "nation"):
            client = signed_in(cast.actors[who])
            results = {path: measure(client, path) for path in ASKED}
            took = sorted(ms for rounds, _queries in results.values() for ms in rounds)
            line = {
                "what": "schools page",
                "who": who,
                "locations": LOCATIONS,
                "p50_ms": round(statistics.median(took), 1),
                "p95_ms": round(took[int(len(took) * 0.95)], 1),
                "slowest": max(results, key=lambda path: statistics.median(results[path][0])),
                "queries": sorted({queries for _rounds, queries in results.values()}),
                "calibration_ms": round(calibration_ms(), 2),
            }
            sys.stdout.write(json.dumps(line) + "\n")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
