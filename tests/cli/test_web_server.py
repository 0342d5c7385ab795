"""The real web server under the supervisor, with an application of four lines."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leesbouw.cli import supervise

APPLICATION = """
def application(environ, start_response):
    start_response("200 OK" if environ["PATH_INFO"] == "/healthz" else "404 Not Found", [])
    return [b"fine"]
"""
PARENT = """
import sys
from leesbouw.cli import supervise
web = supervise.Child("web", supervise.web_command("127.0.0.1", {port}, "tiny:application"), vital=True)
healthy = lambda: supervise.health({port}, "127.0.0.1", "localhost") is not None
sys.exit(supervise.Supervisor([web], healthy=healthy, on_ready=lambda: print("ready", flush=True)).run())
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(truth: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in file.read_text().split()]
    return found


class Site:
    def __init__(self, folder: Path) -> None:
        (folder / "tiny.py").write_text(APPLICATION)
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT.format(port=self.port)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{folder}:{Path(supervise.__file__).parents[2]}"},
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def answers(self) -> bool:
        return supervise.health(self.port, "127.0.0.1", "localhost") == 200

    def granian(self) -> int:
        wait_until(lambda: children(self.process.pid))
        return children(self.process.pid)[0]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.process.terminate()
    made.process.communicate(timeout=20)


def test_a_killed_worker_of_the_web_server_comes_back(site: Site) -> None:
    granian = site.granian()
    wait_until(lambda: len(children(granian)) == 2)
    first = children(granian)

    os.kill(first[0], signal.SIGKILL)

    wait_until(lambda: len(children(granian)) == 2 and first[0] not in children(granian))
    assert site.answers()
    assert site.granian() == granian


def test_a_killed_web_server_comes_back_on_the_same_port(site: Site) -> None:
    granian = site.granian()
    wait_until(lambda: len(children(granian)) == 2)

    os.kill(granian, signal.SIGKILL)

    wait_until(lambda: site.granian() != granian)
    wait_until(site.answers)


def test_stopping_leaves_nothing_behind(site: Site) -> None:
    family = [site.granian(), *children(site.granian())]

    site.process.terminate()

    assert site.process.wait(20) == 0
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]
    assert not site.answers()
