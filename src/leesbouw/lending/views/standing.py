"""Who stands at a desk: somebody who signed in, or a device that was paired and opened with a PIN.

Nothing of this is a session: two signed cookies, so that a scan writes no row for who one is.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from leesbouw.core.access import Actor
from leesbouw.core.stamp import is_demo
from leesbouw.core.time import now

from ..domain.pairing import LOCKS_AFTER, is_locked
from ..queries.desk import Desk, desk_of_actor, desk_of_device

DEVICE, OPENED = "balie", "balie-open"
SALT = "lending.desk"
A_YEAR = 365 * 24 * 60 * 60
FRESH = 45  # seconds in which the cookie of an open desk is not written anew


def device_token(request: HttpRequest) -> str:
    return request.COOKIES.get(DEVICE, "")


def standing(request: HttpRequest, code: str = "") -> Desk | None:
    """The desk of this request, or None when it is locked or nobody's."""
    token = device_token(request)
    if token:
        volunteer, last = _opened(request)
        found = desk_of_device(token, volunteer)
        if found is not None:
            desk, may = found
            return desk if may and not is_locked(last, now()) else None
    actor = signed_in(request)
    return desk_of_actor(actor, code) if actor is not None else None


def signed_in(request: HttpRequest) -> Actor | None:
    """Who signed in. Pages of the desk are open to devices, so here it is asked who still owes her second step."""
    if getattr(request, "needs_second_step", False) and not is_demo():
        return None
    return getattr(request, "actor", None)


def _opened(request: HttpRequest) -> tuple[int, datetime]:
    """Which volunteer opened this desk, and when something happened last."""
    try:
        value = signing.loads(request.COOKIES.get(OPENED, ""), salt=SALT)
        return int(value["v"]), datetime.fromtimestamp(int(value["t"]), UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError, OSError, OverflowError):
        return 0, datetime.fromtimestamp(0, UTC)


def keep_open(request: HttpRequest, answer: HttpResponse, desk: Desk) -> None:
    """Something happened: the ten minutes begin anew."""
    if not desk.device:
        return
    volunteer, last = _opened(request)
    if volunteer == desk.volunteer and (now() - last).total_seconds() < FRESH:
        return
    open_for(answer, desk.volunteer)


def open_for(answer: HttpResponse, volunteer_id: int) -> None:
    value = signing.dumps({"v": volunteer_id, "t": int(time.time())}, salt=SALT)
    _set(answer, OPENED, value, int(LOCKS_AFTER.total_seconds()))


def pair(answer: HttpResponse, token: str) -> None:
    """This device is a desk from now on; it asks for a PIN, whoever opened it under a code of before."""
    lock(answer)
    _set(answer, DEVICE, token, A_YEAR)


def lock(answer: HttpResponse) -> None:
    answer.delete_cookie(OPENED, path="/balie/")


def forget(answer: HttpResponse) -> None:
    """The device is no desk any more."""
    lock(answer)
    answer.delete_cookie(DEVICE, path="/balie/")


def _set(answer: HttpResponse, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/balie/",
        httponly=True,
        secure=settings.SECURE,
        samesite="Strict",
    )
