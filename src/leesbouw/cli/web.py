"""The web server: Leesbouw is loaded once, and each of its processes is a copy of that, so a fallen one is back at once.

A copy has none of the threads of what it was copied from, so nothing here may start one: what does so while it loads,
such as duckdb, is loaded late (tools/rules/imports.py).
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

APPLICATION = "leesbouw.config.wsgi:application"
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def arguments(host: str, port: int, application: str = APPLICATION) -> list[str]:
    """granian with two workers of two threads: what two cores carry, and one of them can fall over."""
    return [
        *(application, "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "2"),
        *("--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "10"),
        *("--no-access-log", "--log-level", "warning", "--no-ws"),
    ]


def serve(wanted: Sequence[str]) -> None:
    """Serves until it is told to stop; `wanted` is what granian is asked, with the application first."""
    multiprocessing.set_start_method("fork", force=True)
    import_module(wanted[0].partition(":")[0])
    from granian.cli import cli

    cli(args=list(wanted), prog_name="granian")


def copy(host: str, port: int, *, letting_go: Sequence[int]) -> int:
    """Starts the web server as a copy of this process, which has Django in memory already; returns its number.

    The copy leads a group of its own and lets go of these handles, as a child of the supervisor does.
    """
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.setsid()
        end_with_parent()
        for handle in letting_go:
            os.close(handle)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        serve(arguments(host, port))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:  # nothing of what this process was before may run on
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end_with_parent() -> None:
    """In a child: be told to stop when the parent is killed (Linux only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


if __name__ == "__main__":
    serve(sys.argv[1:])
