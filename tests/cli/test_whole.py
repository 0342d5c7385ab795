"""`leesbouw run` as a new user starts it: nothing there, then everything, then what is killed comes back."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leesbouw.cli import supervise

pytestmark = pytest.mark.machine


def wait_until(truth: Callable[[], object], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in file.read_text().split()]
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:  # it has just ended
        return ""


class Installation:
    """A `leesbouw run` in a process of its own, with its output as it comes."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        environment = {**os.environ, "LEESBOUW_DATA": str(folder / "data"), "PORT": str(self.port)}
        environment.pop("LEESBOUW_URL", None)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leesbouw.cli", "run", *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def runs(self) -> bool:
        assert self.process.poll() is None, self.said
        return f"http://localhost:{self.port} " in self.said

    def status(self) -> int | None:
        return supervise.health(self.port, "127.0.0.1", f"localhost:{self.port}")

    def child(self, word: str) -> int | None:
        """The child with this word in its command, when it is there."""
        return next((pid for pid in children(self.process.pid) if word in command_of(pid)), None)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    made: list[Installation] = []

    def begin(*arguments: str) -> Installation:
        made.append(Installation(tmp_path, *arguments))
        return made[-1]

    yield begin
    for each in made:
        if each.process.poll() is None:
            each.process.terminate()
        each.process.wait(30)


def test_from_nothing_to_a_set_up_link_and_to_a_clean_end(start) -> None:
    house = start()
    wait_until(house.runs)

    assert house.status() in {200, 503}  # 503 where the disk of the test machine is nearly full
    assert re.search(rf"http://localhost:{house.port}/inrichten/\S{{20,}}", house.said)
    assert "Traceback" not in house.said

    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(20) == 0
    assert house.status() is None


def test_a_killed_worker_and_a_killed_web_server_come_back(start) -> None:
    house = start()
    wait_until(house.runs)

    for word in ("leesbouw.cli worker", "leesbouw.cli.web"):
        wait_until(lambda word=word: house.child(word))
        killed = house.child(word)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda word=word, killed=killed: house.child(word) not in {None, killed})
    wait_until(house.status)


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="a demo is for the database in the folder")
def test_an_empty_folder_becomes_a_demo_once(start) -> None:
    house = start("--demo-if-empty")
    wait_until(house.runs)
    assert "/inrichten/" not in house.said
    house.process.terminate()
    house.process.wait(20)

    again = start("--demo-if-empty")
    wait_until(again.runs)
    assert len(again.said.splitlines()) < len(house.said.splitlines()) + 2
    assert "/inrichten/" not in again.said

    web = children(again.process.pid)[0]  # a copy of what prepared it all
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: again.child("leesbouw.cli.web"))
    wait_until(again.status)
    again.process.terminate()
    assert again.process.wait(20) == 0
    wait_until(start("--demo-if-empty").runs)  # nothing holds the folder any more
