"""The small parent of the web server and the worker: starts them, restarts what falls over, stops both.

It loads no Django, so it stays small and starts at once. Each child leads a process group of its own: Ctrl-C
reaches only the parent, and what a killed child leaves behind can be ended with it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from . import gettext as _
from . import web

FIRST_DELAY = 0.2  # seconds before a fallen child starts again; doubles each time
LONGEST_DELAY = 30.0
STEADY = 60.0  # a child that lived this long is forgiven its past
EAGER = 5.0  # seconds in which we look ten times a second whether all answers
GRACE = 15.0  # seconds a child gets to finish what it is doing
HOPELESS = 5  # times that a child we cannot do without may fall over before we ever were healthy


class Child:
    """One program that must be running; a patient one leaves the processor to the others until all answers."""

    def __init__(
        self, name: str, command: Sequence[str], *, vital: bool = False, patient: bool = False
    ) -> None:
        self.name = name
        self.command = list(command)
        self.vital = vital
        self.patient = patient
        self.process: subprocess.Popen[bytes] | Copy | None = None
        self.falls = 0
        self.started_at = 0.0
        self.start_at = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=web.end_with_parent
        )

    def adopt(self, pid: int) -> None:
        """Takes over what `leesbouw run` started before it became the supervisor."""
        self.started_at = time.monotonic()
        self.process = Copy(pid)

    def has_fallen(self) -> bool:
        """True once after each end; also ends what the child left behind and plans its next start."""
        if self.process is None or self.process.poll() is None:
            return False
        self.send(signal.SIGKILL)
        self.process = None
        lived = time.monotonic() - self.started_at
        self.falls = 1 if lived >= STEADY else self.falls + 1
        self.start_at = time.monotonic() + pause_after(self.falls)
        return True

    def send(self, number: int) -> None:
        """A signal to the child and all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Copy:
    """A process that we have from before this program began; as much of Popen as is asked of it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.code: int | None = None

    def poll(self) -> int | None:
        self._look(os.WNOHANG)
        return self.code

    def wait(self) -> None:
        self._look(0)

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def _look(self, how: int) -> None:
        if self.code is None:
            ended, status = os.waitpid(self.pid, how)
            if ended:
                self.code = os.waitstatus_to_exitcode(status)


def pause_after(falls: int) -> float:
    """Seconds before the next start of what fell this often in a row: doubling, up to a limit."""
    return min(FIRST_DELAY * 2.0 ** min(falls - 1, 20), LONGEST_DELAY)


class Supervisor:
    """Keeps its children running until SIGTERM or SIGINT; a second signal does not wait for them.

    `healthy` is asked until it says yes, often at first; then `on_ready` is called, once.
    """

    def __init__(
        self, children: Sequence[Child], *, healthy: Callable[[], bool], on_ready: Callable[[], None]
    ) -> None:
        self.children = list(children)
        self.healthy = healthy
        self.on_ready = on_ready
        self.signals = 0
        self.ready = False
        self.began_at = 0.0

    def run(self) -> int:
        """Returns the exit code: 0 when asked to stop, 1 when a vital child cannot be started."""
        self._listen()
        self.began_at = time.monotonic()
        while not self.signals:
            for child in self.children:
                if child.has_fallen():
                    if child.vital and not self.ready and child.falls >= HOPELESS:
                        self.stop()
                        return _complain(_("Leesbouw could not start; the lines above say why."))
                    _complain(_("%s stopped and is started again.") % child.name)
                if child.process is None and self._may_start(child):
                    child.start()
            if not self.ready and self.healthy():
                self.ready = True
                self.on_ready()
                continue  # the patient start now
            self._wait(self._until_next_look())
        self.stop()
        return 0

    def _may_start(self, child: Child) -> bool:
        now = time.monotonic()
        waits = child.patient and not self.ready and now - self.began_at < EAGER
        return now >= child.start_at and not waits

    def stop(self) -> None:
        """Asks every child to end, waits for them, and kills what is left."""
        self.signals = min(self.signals, 1)
        for child in self.children:
            if child.process is not None:  # the child alone: it knows in what order to end its own
                child.process.terminate()
        deadline = time.monotonic() + GRACE
        while self._alive() and time.monotonic() < deadline and self.signals < 2:
            self._wait(0.1)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    def _alive(self) -> bool:
        return any(child.process is not None and child.process.poll() is None for child in self.children)

    def _until_next_look(self) -> float:
        """Seconds: short while all is new or something must start again; a signal ends the wait at once."""
        now = time.monotonic()
        if not self.ready and now - self.began_at < EAGER:
            return 0.1
        waiting = [child.start_at - now for child in self.children if child.process is None]
        return min(max(min(waiting, default=1.0), 0.01), 1.0)

    def _listen(self) -> None:
        """Signals only count; they wake the loop through a socket, so none is lost between two looks."""
        self._awake, writer = socket.socketpair()
        self._awake.setblocking(False)
        writer.setblocking(False)
        self._writer = writer  # kept open
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._count)

    def _count(self, *_args: object) -> None:
        self.signals += 1

    def _wait(self, seconds: float) -> None:
        if select.select([self._awake], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                self._awake.recv(512)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


def health(port: int, host: str, name: str) -> int | None:
    """The status of the answer at /healthz when called by `name`; None when nobody answers."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def web_command(host: str, port: int, application: str = web.APPLICATION) -> list[str]:
    return [sys.executable, "-m", "leesbouw.cli.web", *web.arguments(host, port, application)]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "leesbouw.cli", "worker"]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="leesbouw run")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--url", required=True, help="the address that people use")
    parser.add_argument("--note", default="", help="a line to print once the product answers")
    parser.add_argument(
        "--web", default=0, type=int, help="the number of the web server when it already runs"
    )
    options = parser.parse_args(argv)
    name = urlsplit(options.url).netloc
    local = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104 -- compares only

    status: int | None = None

    def healthy() -> bool:
        nonlocal status
        status = health(options.port, local, name)
        return status is not None

    def on_ready() -> None:
        print(_("Leesbouw is running at %s (stop with Ctrl-C).") % options.url, flush=True)
        if status is not None and status >= 500:
            print(_("Something is not in order: leesbouw check tells what."), flush=True)
        if options.note:
            print(options.note, flush=True)

    server = Child(_("The web server"), web_command(options.host, options.port), vital=True)
    if options.web:
        server.adopt(options.web)
    children = [server, Child(_("The worker"), worker_command(), patient=True)]
    return Supervisor(children, healthy=healthy, on_ready=on_ready).run()


if __name__ == "__main__":
    sys.exit(main())
