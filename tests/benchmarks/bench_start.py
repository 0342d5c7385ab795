"""First page after the start, and back after a web process was killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from . import measure


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_answered(url: str, limit: float = 30.0) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < limit:
        with suppress(OSError), urllib.request.urlopen(url, timeout=1) as answer:
            if answer.status == 200:
                return time.perf_counter() - began
        time.sleep(0.01)
    sys.exit(f"no answer from {url}")


def web_processes(parent: int) -> list[int]:
    """Granian's workers: grandchildren of the supervisor that do not run the `worker` command."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            command = (folder / "cmdline").read_bytes()
            grand = (Path("/proc") / stat[1] / "stat").read_text().rsplit(")", 1)[1].split()
            if int(grand[1]) == parent and b"worker" not in command.split(b"\0")[-2:]:
                found.append(int(folder.name))
    return found


def main() -> None:
    measure.start()
    from leesbouw.accounts.models import User  # late: after set-up

    User.objects.create(email="iemand@voorbeeld.example", name="Iemand")  # a house that is in use
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "LEESBOUW_URL": f"http://localhost:{port}"}
    command = [sys.executable, "-m", "leesbouw.cli", "run", "--port", str(port)]
    subprocess.run(
        [*command[:-3], "check"], env=environment, capture_output=True, check=False
    )  # static, caches
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until_answered(f"http://127.0.0.1:{port}/healthz")
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        began = time.perf_counter()
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        until_answered(f"http://127.0.0.1:{port}/healthz")
        measure.say(
            "start of `leesbouw run` until it answers",
            time.perf_counter() - began,
            "s",
            "second start, in use",
        )
        began = time.perf_counter()
        until_answered(f"http://127.0.0.1:{port}/aanmelden/")
        measure.say("first page after start", time.perf_counter() - began, "s", "sign-in page")
        for process in web_processes(server.pid):
            os.kill(process, signal.SIGKILL)
        began = time.perf_counter()
        time.sleep(0.02)
        until_answered(f"http://127.0.0.1:{port}/healthz")
        measure.say(
            "back after every web process was killed", time.perf_counter() - began, "s", "2 processes"
        )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


if __name__ == "__main__":
    main()
