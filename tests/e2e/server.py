"""A real Leesbouw: the command that people type, with its own data folder and a free port."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

WORKER = "leesbouw.cli worker"  # in the command of its process
MAKING_OF_THE_DEMO = 600  # seconds, on the busiest machine
OURS = ("LEESBOUW_", "DATABASE_URL", "DJANGO_", "PORT")


class Server:
    """`leesbouw run` under its supervisor. With `demo` the small province is loaded first."""

    def __init__(self, folder: Path, *, demo: bool) -> None:
        self.folder = folder
        self.demo = demo
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers; a demo takes some seconds."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        wish = ["--demo-if-empty"] if self.demo else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leesbouw.cli", "run", *wish],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self._is_up_or_gone, MAKING_OF_THE_DEMO)
        assert self.process.poll() is None, f"Leesbouw did not start:\n{self.lines()}"

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """Ours, and nothing of what the person at the keyboard has set for Leesbouw."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {
            "LEESBOUW_DATA": str(self.folder / "data"),
            "LEESBOUW_URL": self.url,
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def command(self, *arguments: str) -> str:
        """What another `leesbouw` command on the same data says."""
        return subprocess.run(
            [sys.executable, "-m", "leesbouw.cli", *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def ask(self, sql: str, *values: object) -> Any:
        """One row straight from the database file, for what no page shows; also changes it when asked to."""
        database = self.folder / "data" / "db.sqlite3"
        with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
            return connection.execute(sql, values).fetchone()

    def lines(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def set_up_link(self) -> str:
        """The address, printed at the start of an empty installation, where the first library is made."""
        wait_until(lambda: "/inrichten/" in self.lines(), 10)
        return re.findall(r"http://\S+/inrichten/\S+", self.lines())[-1]

    def kill_worker(self) -> list[int]:
        """Ends the worker without warning; returns which processes that were."""
        return self._kill(lambda command: WORKER in command)

    def kill_web(self) -> list[int]:
        """The same for the web server and its processes: copies of `leesbouw run`, so they bear no name of their own."""
        return self._kill(lambda command: WORKER not in command)

    def _kill(self, is_meant: Callable[[str], bool]) -> list[int]:
        assert self.process is not None
        found = [pid for pid in family(self.process.pid) if is_meant(_command(pid))]
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return found

    def _is_up_or_gone(self) -> bool:
        return self.answers() or self.process is None or self.process.poll() is not None


def family(pid: int) -> list[int]:
    """All that a process started, and what those started."""
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in file.read_text().split():
            found += [int(child), *family(int(child))]
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(truth: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < deadline, f"waited {seconds} seconds in vain"
        time.sleep(0.05)
