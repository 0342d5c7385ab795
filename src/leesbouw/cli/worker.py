"""`leesbouw worker`: runs jobs, the schedule and the post, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time

from django.db import OperationalError, close_old_connections

from leesbouw.core import jobs, mail
from leesbouw.core.memory import settle

from . import gettext as _

REST = 0.5  # seconds between two looks at the queue
TIDY = 20.0  # seconds between two looks at the schedule and at silent jobs

log = logging.getLogger(__name__)
_over = threading.Event()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help=_("do what waits, then leave"))


def run(options: argparse.Namespace) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _over.set())
    settle()
    tidied = float("-inf")
    while not _over.is_set():
        try:
            if time.monotonic() - tidied > TIDY:
                tidied = time.monotonic()
                jobs.recover()
                jobs.queue_scheduled()
            mail.send_due()
            if row := jobs.claim():
                jobs.run(row)
                continue
        except OperationalError as error:
            log.warning("the database did not answer: %s", type(error).__name__)
            close_old_connections()
            _over.wait(5)
        if options.once:
            return 0
        close_old_connections()
        _over.wait(REST)
    return 0
