"""The desk through the whole HTTP stack: a scan alone and with eight desks at once, and a borrower with 400 open loans.

Budgets where the calibration is at most 8 ms, with 60,000 pupils and 300,000 copies: p95 ≤ 10 ms alone and ≤ 40 ms with
eight desks, ≥ 250 a second, ≤ 4 CPU-ms a scan; a borrower with 400 open loans as fast as one with none. The clients run
on the same two cores and take their share of them.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from . import measure
from .bench_survey import Web

SCHOOLS, PUPILS, COPIES, TITLES = 200, 300, 1500, 4000  # pupils and copies are of each school
DESKS, SCANS, QUEUE = 8, 120, 500


def fill() -> list[tuple[str, str, list[str], list[str]]]:
    """Schools full of children and books. Of eight: the secret of a desk, its opened cookie, borrowers and barcodes."""
    from leesbouw.collection.models import Copy, Title
    from leesbouw.core.access import SYSTEM
    from leesbouw.core.time import SchoolYear, now
    from leesbouw.lending.models import Loan
    from leesbouw.organisations.actions import LocationRow, put_locations, start_partnership
    from leesbouw.organisations.models import ClassGroup, Location
    from leesbouw.pupils.models import Enrolment, Pupil
    from tests.factories.cast import START, make_cast

    cast, year = make_cast(), SchoolYear.running()
    rows = [
        LocationRow(code=f"98{chr(65 + n // 26)}{chr(65 + n % 26)}00", sector="po", name=f"School {n}", municipality="9901",
                    board="99001", town="Elzen")
        for n in range(SCHOOLS)
    ]  # fmt: skip
    put_locations(rows, by=SYSTEM)
    schools = list(Location.objects.filter(code__startswith="98").order_by("pk"))
    for school in schools:
        start_partnership(library=cast.library_a, location=school, by=SYSTEM, starts_on=START, programme="po")
    Title.objects.bulk_create(
        [Title(library_id=cast.library_a.pk, title=f"Boek {n}", authors=["Wie Dan"]) for n in range(TITLES)], batch_size=500
    )  # fmt: skip
    titles = list(Title.objects.values_list("pk", flat=True))
    groups = ClassGroup.objects.bulk_create(
        [ClassGroup(location=school, year=year, name=str(n), year_groups=[n]) for school in schools for n in range(1, 9)]
    )  # fmt: skip
    pupils = Pupil.objects.bulk_create(
        [Pupil(location=school, first_name=f"Kind{n}", last_name="Test", key=str(n), joined_on=year.starts_on)
         for school in schools for n in range(PUPILS)], batch_size=500,
    )  # fmt: skip
    Enrolment.objects.bulk_create(
        [Enrolment(pupil=one, group=groups[at // PUPILS * 8 + at % 8], year_group=at % 8 + 1, starts_on=year.starts_on)
         for at, one in enumerate(pupils)], batch_size=500,
    )  # fmt: skip
    copies = Copy.objects.bulk_create(
        [Copy(library_id=cast.library_a.pk, title_id=titles[n % TITLES], barcode=f"3{n:011}", location=schools[n // COPIES])
         for n in range(SCHOOLS * COPIES)], batch_size=500,
    )  # fmt: skip
    open_ = [
        Loan(copy=copy, title_id=copy.title_id, location_id=copy.location_id, year=year, kind="pupil",
             pupil=pupils[n // COPIES * PUPILS + n % PUPILS], year_group=5, owner="library", due_on=year.ends_on)
        for n, copy in enumerate(copies) if n % COPIES < 200
    ]  # fmt: skip
    Loan.objects.bulk_create(open_, batch_size=500)
    stack = copies[1000:1400]
    Loan.objects.bulk_create(
        [Loan(copy=copy, title_id=copy.title_id, location_id=copy.location_id, year=year, kind="group", group=groups[7],
              owner="library", due_on=year.ends_on, borrowed_at=now()) for copy in stack], batch_size=500,
    )  # fmt: skip
    return desks(schools, groups, pupils, copies)


def desks(
    schools: list[Any], groups: list[Any], pupils: list[Any], copies: list[Any]
) -> list[tuple[str, str, list[str], list[str]]]:
    """A paired and opened desk at the first schools, with who borrows there and which books are in."""
    from django.core import signing

    from leesbouw.core.access import SYSTEM
    from leesbouw.lending.actions import add_volunteer, make_desk, pair_desk

    made = []
    for at, school in enumerate(schools[:DESKS]):
        desk = make_desk(location=school, name="Balie", by=SYSTEM)
        who = add_volunteer(location=school, name="Wil", pin="4711", by=SYSTEM)
        _device, token = pair_desk(typed=desk.code)
        opened = signing.dumps({"v": who.pk, "t": int(time.time())}, salt="lending.desk")
        first = at * PUPILS
        borrowers = [f"pupil:{one.pk}" for one in pupils[first + 200 : first + PUPILS]]
        codes = [one.barcode for one in copies[at * COPIES + 400 : at * COPIES + 900]]
        made.append((token, opened, borrowers, codes))
    made[0][2].insert(0, f"group:{groups[7].pk}")
    made[0][2].insert(1, f"group:{groups[6].pk}")
    return made


class Desk:
    """One desk with one connection."""

    def __init__(self, port: int, token: str, opened: str) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"balie": token, "balie-open": opened}
        self.http.request("GET", "/balie/", headers={"Cookie": self._cookie()})
        answer = self.http.getresponse()
        page = answer.read().decode()
        assert answer.status == 200, page[:300]
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]  # type: ignore[index]

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, code: str, borrower: str = "", kind: str = "scan", expect: str = "") -> float:
        """Milliseconds of one scan."""
        began = time.perf_counter()
        answers = self.post([{"request": uuid4().hex, "kind": kind, "code": code, "borrower": borrower}])
        took = (time.perf_counter() - began) * 1000
        assert not expect or answers[0]["do"] == expect, answers
        return took

    def post(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told = {"Content-Type": "application/json", "X-CSRFToken": self.token, "Cookie": self._cookie()}
        self.http.request("POST", "/balie/verwerken/", json.dumps({"entries": entries}), told)
        answer = self.http.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:300]
        return list(json.loads(body)["answers"])

    def take_along(self) -> None:
        self.http.request("GET", "/balie/meenemen/", headers={"Cookie": self._cookie()})
        answer = self.http.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:300]


def p95(figures: list[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]


def run(desk: Desk, borrowers: list[str], codes: list[str], scans: int) -> list[float]:
    """A book out and in again, for one child after the other."""
    figures = []
    for n in range(scans // 2):
        figures.append(desk.send(codes[n % len(codes)], borrowers[-1 - n % 90], expect="lend"))
        figures.append(desk.send(codes[n % len(codes)], expect="give_back"))
    return figures


def main() -> None:
    measure.start()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    made = fill()
    on = f"{SCHOOLS * PUPILS:,} pupils, {SCHOOLS * COPIES:,} copies, whole HTTP stack, synchronous=FULL"
    web = Web()
    try:
        desks = [Desk(web.port, token, opened) for token, opened, _who, _codes in made]
        run(desks[0], made[0][2], made[0][3], 40)  # warm
        before = web.cpu_seconds()
        alone = run(desks[0], made[0][2], made[0][3], 400)
        used = (web.cpu_seconds() - before) * 1000 / len(alone)
        measure.say("desk scan alone, p95", p95(alone), "ms", on, median=round(statistics.median(alone), 2))
        measure.say("desk scan, CPU", used, "ms", on)
        together: list[float] = []

        def work(n: int) -> None:
            together.extend(run(desks[n], made[n][2], made[n][3], SCANS))

        threads = [threading.Thread(target=work, args=(n,)) for n in range(DESKS)]
        took = measure.seconds(lambda: [*(one.start() for one in threads), *(one.join() for one in threads)])
        assert len(together) == DESKS * SCANS
        measure.say(f"desk scan with {DESKS} desks, p95", p95(together), "ms", on)
        measure.say(f"desk scans with {DESKS} desks", len(together) / took, "a second", on)
        stack(desks[0], made[0][2][0], made[0][2][1], made[0][3], on)
        offline(desks[1], made[1][2], made[1][3][SCANS:], on)  # of which nothing happened since
    finally:
        web.stop()


def offline(desk: Desk, borrowers: list[str], codes: list[str], on: str) -> None:
    """A morning of 500 scans without connection: 250 books out and in again, settled fifty at a time; and what is taken along."""
    began, rows = datetime.now(UTC) - timedelta(hours=2), []
    for n in range(QUEUE):
        code, who = codes[n // 2 % len(codes)], borrowers[-1 - n // 2 % 90]
        at = (began + timedelta(seconds=n)).isoformat()
        meant = "give_back" if n % 2 else "lend"
        rows.append({"request": uuid4().hex, "kind": "scan", "code": code, "borrower": "" if n % 2 else who, "at": at,
                     "meant": meant})  # fmt: skip
    answers: list[dict[str, Any]] = []

    def settle() -> None:
        for first in range(0, QUEUE, 50):
            answers.extend(desk.post(rows[first : first + 50]))

    took = measure.seconds(settle)
    assert [one["do"] for one in answers] == ["lend", "give_back"] * (QUEUE // 2)
    assert not any(one["surprise"] for one in answers)
    measure.say(f"offline queue of {QUEUE} scans settled", took, "s", on)
    told: list[float] = []
    for _time in range(20):
        told.append(measure.seconds(desk.take_along) * 1000)
    measure.say("what a desk takes along", p95(told), "ms", on, median=round(statistics.median(told), 2))


def stack(desk: Desk, full: str, empty: str, codes: list[str], on: str) -> None:
    """A class with 400 open loans beside one with none: choosing it, and one more book out and in."""
    for what, who in (("400 open loans", full), ("no open loans", empty)):
        chosen = [desk.send("", who, kind="choose", expect="choose") for _ in range(40)]
        lent = []
        for n in range(40):
            lent.append(desk.send(codes[n], who, expect="lend"))
            desk.send(codes[n])
        measure.say(f"desk, borrower with {what}: chosen", statistics.median(chosen), "ms", on)
        measure.say(f"desk, borrower with {what}: one more book", statistics.median(lent), "ms", on)


if __name__ == "__main__":
    main()
