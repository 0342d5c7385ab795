"""A class fills in: the page and thirty answers over HTTP, thirty at once, on the server as it runs in production.

Budgets where the calibration is at most 8 ms: a session (page, state and one submission) ≤ 8 CPU-ms and ≥ 150 a second;
a class of thirty that submits at once is stored within 150 ms; the first page with its fonts ≤ 60 KB. The clients run
on the same two cores and take their share of them, so the figures a second are what is left for the server.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import measure

AT_ONCE = 30
SESSIONS = 600
CLASSES = 10
TICKS = os.sysconf("SC_CLK_TCK")


def fill() -> tuple[str, dict[str, str]]:
    """A running round; the code of a class, and the form of a pupil who answers everything."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.monitor.actions.doors import start_class
    from leesbouw.monitor.queries.doors import door
    from tests.factories.cast import make_cast
    from tests.factories.monitor import running_round

    running = running_round(make_cast(), modules=["school-library", "extra", "information-skills"])
    row = start_class(group_id=running.groups["6"].pk, by=SYSTEM)
    at = door(row.code)
    assert at is not None
    form = {item.code: "2" for item in at.list.items if item.kind in {"single", "multi"}}
    return row.code, form | {"mode": "alone", "minutes": "8"}


class Web:
    """The web server of the product, without its supervisor."""

    def __init__(self) -> None:
        from leesbouw.cli.supervise import web_command

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(web_command("127.0.0.1", self.port), start_new_session=True)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def cpu_seconds(self) -> float:
        """What every process of the server has used, of user and system time."""
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:  # its process group
                total += int(fields[11]) + int(fields[12])
        return total / TICKS


class Pupil:
    """One device with one connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        told = {"Accept-Encoding": "gzip", **{name.replace("_", "-"): text for name, text in headers.items()}}
        self.connection.request(method, path, body or None, told)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def submit(self, code: str, form: dict[str, str], receipt: str) -> int:
        body = urlencode(form | {"receipt": receipt})
        told = {"Accept": "application/x-leesbouw", "Content_Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", f"/m/{code}/", body, **told)[0]

    def session(self, code: str, form: dict[str, str], receipt: str) -> None:
        assert self.ask("GET", f"/m/{code}/")[0] == 200
        assert self.ask("GET", f"/m/{code}/stand/")[0] == 200
        assert self.submit(code, form, receipt) == 204


def at_once(work: Callable[[int], Any]) -> float:
    """Seconds until all thirty are done."""
    gate, wrong = threading.Barrier(AT_ONCE + 1), []

    def run(number: int) -> None:
        gate.wait()
        try:
            work(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[0]
    return time.perf_counter() - began


def sessions(web: Web, code: str, form: dict[str, str]) -> None:
    pupils = [Pupil(web.port) for _ in range(AT_ONCE)]

    def work(number: int) -> None:
        for turn in range(SESSIONS // AT_ONCE):
            pupils[number].session(code, form, f"{turn * AT_ONCE + number:032x}")

    at_once(lambda number: pupils[number].session(code, form, f"{9 * 10**9 + number:032x}"))  # warm
    before = web.cpu_seconds()
    took = at_once(work)
    used = web.cpu_seconds() - before
    on = f"page, state and {len(form) - 2} answers, {AT_ONCE} at once, synchronous=FULL"
    measure.say("survey session, CPU", used * 1000 / SESSIONS, "ms", on)
    measure.say("survey sessions", SESSIONS / took, "a second", on)


def classes(web: Web, code: str, form: dict[str, str]) -> None:
    pupils = [Pupil(web.port) for _ in range(AT_ONCE)]
    for pupil in pupils:
        pupil.ask("GET", f"/m/{code}/stand/")
    times = sorted(
        at_once(lambda number, n=n: pupils[number].submit(code, form, f"{10**9 + n * AT_ONCE + number:032x}"))
        for n in range(CLASSES)
    )
    on = f"{AT_ONCE} pupils submit at the same instant, median of {CLASSES}"
    measure.say("class stored", times[CLASSES // 2] * 1000, "ms", on, worst=round(times[-1] * 1000, 1))


def first_page(web: Web, code: str) -> None:
    """What a browser that was never here loads: the page, and all that it names, as it travels."""
    pupil = Pupil(web.port)
    page = pupil.ask("GET", f"/m/{code}/")[1]
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page).decode()))
    style = next(name for name in names if name.endswith(".css"))
    sheet = pupil.ask("GET", style, Accept_Encoding="identity")[1].decode()
    fonts = {f"/static/ui/fonts/{name}" for name in re.findall(r'fonts/([^"?)]+\.woff2)', sheet)}
    sizes = {name: len(pupil.ask("GET", name)[1]) for name in names | fonts}
    total = len(page) + sum(sizes.values())
    measure.say(
        "survey first page", total / 1000, "KB", f"page, style, script and {len(fonts)} fonts", page=len(page)
    )


def main() -> None:
    measure.start()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    code, form = fill()
    web = Web()
    try:
        first_page(web, code)
        sessions(web, code, form)
        classes(web, code, form)
    finally:
        web.stop()


if __name__ == "__main__":
    main()
