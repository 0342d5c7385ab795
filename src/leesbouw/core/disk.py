"""When the disk is full: how that shows."""

from __future__ import annotations

import errno
import shutil

from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

FULL = _("The disk is full. Nothing is half done. Make room and try again.")
NOTHING_LEFT = 1024 * 1024  # bytes: with less than this, what cannot be written has no other reason


def is_full(error: BaseException | None) -> bool:
    """Whether this went wrong because the disk is full, of the files or of the database."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    if not isinstance(error, OperationalError):
        return False
    if "full" in str(error) or "No space left" in str(error) or _nothing_is_left():
        return True
    return getattr(error.__cause__, "sqlstate", None) in {
        "53100",
        "53000",
    }  # PostgreSQL: disk_full, no resources


def _nothing_is_left() -> bool:
    """SQLite says of a full disk also that reading and writing failed."""
    try:
        return shutil.disk_usage(settings.DATA_FOLDER).free < NOTHING_LEFT
    except OSError:
        return False
