"""A full disk is told in a sentence, and leaves nothing half-written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from leesbouw.core.disk import FULL, is_full
from leesbouw.core.errors import Sentence


@contextmanager
def storing() -> Iterator[None]:
    """Around a write: turns "disk full" of the database or the file system into a Sentence."""
    try:
        yield
    except (OperationalError, OSError) as error:
        if is_full(error):
            raise Sentence(FULL) from None
        raise
