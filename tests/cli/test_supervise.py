"""The supervisor with tiny children of its own, and real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leesbouw.cli import supervise

# A child writes its process id to a file at each start, and may do something odd.
PATIENT = "import os,time;open(r'{file}','a').write(f'{{os.getpid()}}\\n');time.sleep(60)"
STUBBORN = "import signal;signal.signal(15,signal.SIG_IGN);" + PATIENT
FAMILY = "import subprocess,sys;subprocess.Popen([sys.executable,'-c',r'''{grandchild}''']);" + PATIENT
BROKEN = "open(r'{file}','a').write('0\\n');raise SystemExit(3)"

PARENT = """
import sys
from leesbouw.cli import supervise
supervise.GRACE = 0.5
supervise.FIRST_DELAY = 0.01
children = [supervise.Child(f"child {{n}}", [sys.executable, "-S", "-c", code], vital={vital})
            for n, code in enumerate({codes!r})]
ready = lambda: print("ready", flush=True)
sys.exit(supervise.Supervisor(children, healthy=lambda: {healthy}, on_ready=ready).run())
"""


class House:
    """A supervisor in a process of its own."""

    def __init__(self, folder: Path, *codes: str, vital: bool = False, healthy: bool = True) -> None:
        self.files = [folder / f"pids{number}" for number in range(len(codes))]
        self.grandchild = folder / "grandchild"
        inner = PATIENT.format(file=self.grandchild)
        made = [
            code.format(file=file, grandchild=inner) for code, file in zip(codes, self.files, strict=True)
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-c", PARENT.format(codes=made, vital=vital, healthy=healthy)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def pids(self, number: int = 0) -> list[int]:
        file = self.files[number]
        return [int(line) for line in file.read_text().split()] if file.exists() else []

    def started(self, number: int = 0, times: int = 1) -> int:
        wait_until(lambda: len(self.pids(number)) >= times)
        return self.pids(number)[-1]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(10)


def wait_until(truth: Callable[[], bool], seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    """Whether this process is there and not merely waiting for its parent to look."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    made: list[House] = []

    def make(*codes: str, **options: bool) -> House:
        made.append(House(tmp_path, *codes, **options))
        return made[-1]

    yield make
    for each in made:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()
        for number in range(len(each.files)):
            for pid in filter(lives, each.pids(number)):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_both_children_and_exits_with_zero(house, number) -> None:
    running = house(PATIENT, PATIENT)
    children = [running.started(0), running.started(1)]

    assert running.end(number) == 0
    assert not any(lives(pid) for pid in children)
    assert running.process.stdout.read() == "ready\n"


def test_a_killed_child_is_started_again_and_the_other_is_left_alone(house) -> None:
    running = house(PATIENT, PATIENT)
    first, other = running.started(0), running.started(1)

    os.kill(first, signal.SIGKILL)

    assert running.started(0, times=2) != first
    assert running.pids(1) == [other]
    assert running.end() == 0


def test_what_a_killed_child_started_ends_with_it(house) -> None:
    running = house(FAMILY)
    first = running.started()
    wait_until(lambda: running.grandchild.exists() and bool(running.grandchild.read_text().strip()))
    orphan = int(running.grandchild.read_text().split()[0])

    os.kill(first, signal.SIGKILL)

    running.started(times=2)
    wait_until(lambda: not lives(orphan))
    assert running.end() == 0


def test_a_child_that_will_not_listen_is_killed_after_its_grace(house) -> None:
    running = house(STUBBORN)
    child = running.started()

    began = time.monotonic()
    assert running.end() == 0
    assert time.monotonic() - began >= 0.5
    assert not lives(child)


def test_a_vital_child_that_never_starts_ends_the_house_with_a_sentence(house) -> None:
    running = house(BROKEN, PATIENT, vital=True, healthy=False)

    assert running.process.wait(10) == 1
    assert len(running.pids(0)) == supervise.HOPELESS
    wait_until(lambda: not any(lives(pid) for pid in running.pids(1)))
    assert "Traceback" not in running.process.stderr.read()


def test_children_end_when_the_parent_itself_is_killed(house) -> None:
    running = house(PATIENT)
    child = running.started()

    running.process.kill()

    wait_until(lambda: not lives(child))


def test_the_pause_before_a_restart_doubles_up_to_a_limit() -> None:
    first = supervise.FIRST_DELAY

    assert [supervise.pause_after(falls) for falls in (1, 2, 3)] == [first, first * 2, first * 4]
    assert supervise.pause_after(9) == supervise.pause_after(10_000) == supervise.LONGEST_DELAY


def test_a_child_that_falls_again_waits_longer() -> None:
    child = supervise.Child("x", [sys.executable, "-S", "-c", ""])
    waits = []
    for _ in range(3):
        child.start()
        child.process.wait()
        before = time.monotonic()
        assert child.has_fallen()
        waits.append(child.start_at - before)

    assert child.falls == 3
    assert all(wait >= supervise.pause_after(falls) for falls, wait in enumerate(waits, 1))


def test_a_child_that_was_steady_is_forgiven() -> None:
    child = supervise.Child("x", [sys.executable, "-S", "-c", ""])
    child.falls = 8
    child.start()
    child.process.wait()
    child.started_at -= supervise.STEADY

    assert child.has_fallen()
    assert child.falls == 1


def test_a_patient_child_starts_when_all_answers_or_when_that_takes_long() -> None:
    child = supervise.Child("x", [], patient=True)
    house = supervise.Supervisor([child], healthy=lambda: False, on_ready=lambda: None)
    house.began_at = time.monotonic()
    early = house._may_start(child)
    house.ready = True
    answering = house._may_start(child)
    house.ready, house.began_at = False, time.monotonic() - supervise.EAGER
    late = house._may_start(child)

    assert (early, answering, late) == (False, True, True)
    assert house._may_start(supervise.Child("y", []))


def test_nobody_answers_at_a_closed_port() -> None:
    assert supervise.health(1, "127.0.0.1", "localhost") is None


def test_what_runs_already_is_taken_over_and_started_again_when_it_falls() -> None:
    wait = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
    child = supervise.Child("x", [sys.executable, "-S", "-c", ""])
    child.adopt(os.posix_spawn(wait[0], wait, os.environ, setpgroup=0))
    assert not child.has_fallen()

    child.process.terminate()
    child.process.wait()

    assert child.process.poll() == -signal.SIGTERM
    assert child.has_fallen()
    assert (child.process, child.falls) == (None, 1)
