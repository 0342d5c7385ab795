"""A full disk is told in a sentence, and leaves nothing half-written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence

FULL = _("The disk is full. Nothing is half done. Make room and try again.")


@contextmanager
def storing() -> Iterator[None]:
    """Around a write: turns "disk full" of the database or the file system into a Sentence."""
    try:
        yield
    except OperationalError as error:
        code = getattr(error.__cause__, "sqlstate", "") or ""
        if "disk is full" in str(error) or code.startswith("53"):
            raise Sentence(FULL) from None
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Sentence(FULL) from None
        raise
