"""Sets `request.child`: the child that came in through the class its teacher opened, apart from whoever signed in.

What proves it is a signed cookie of three minutes that every page of the child renews; no row is written for it, and
the class decides: when it is over, nobody is in any more.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .domain import IDLE
from .models import ClassDevice, ClassSession, Pupil
from .queries.classes import Child, child_in
from .queries.devices import device_with, is_connected

COOKIE, DEVICE = "leesbouw-kind", "leesbouw-klas"
DEVICE_DAYS = 370  # a group is of one school year, and with it its devices
_SALT = "pupils.child"


class ChildMiddleware:
    """Costs nothing for who has no such cookie, two queries for a child."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.child = _child_of(request)  # type: ignore[attr-defined]
        answer = self.get_response(request)
        child: Child | None = getattr(request, "child", None)
        if COOKIE in request.COOKIES or child is not None:
            if child is None:
                answer.delete_cookie(COOKIE)
            else:
                _set(answer, COOKIE, _signed(request, child), int(IDLE.total_seconds()))
        return answer


def come_in(request: HttpRequest, session: ClassSession, pupil: Pupil) -> None:
    """From this answer on the child is in. Who was signed in on this device no longer is."""
    request.session.flush()
    device = device_of(request) if DEVICE in request.COOKIES else None
    request.child_device = device.pk if device else 0  # type: ignore[attr-defined]
    request.child = child_in(session.pk, pupil.pk)  # type: ignore[attr-defined]


def go_out(request: HttpRequest) -> None:
    request.child = None  # type: ignore[attr-defined]


def make_device(answer: HttpResponse, token: str) -> None:
    """This device belongs to a class: it needs no code while the class is open."""
    _set(answer, DEVICE, token, DEVICE_DAYS * 86400)


def device_of(request: HttpRequest) -> ClassDevice | None:
    """The device of a class that this is, while nobody disconnected it."""
    return device_with(request.COOKIES.get(DEVICE, ""))


def was_disconnected(request: HttpRequest) -> bool:
    """Whether this was a device of a class until somebody disconnected it from afar."""
    return bool(request.COOKIES.get(DEVICE)) and device_of(request) is None


def _child_of(request: HttpRequest) -> Child | None:
    sent = request.COOKIES.get(COOKIE)
    if not sent:
        return None
    try:
        session_id, pupil_id, device_id = signing.loads(sent, salt=_SALT, max_age=IDLE)
        if device_id and not is_connected(int(device_id)):
            return None
        request.child_device = int(device_id)  # type: ignore[attr-defined]
        return child_in(int(session_id), int(pupil_id))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _signed(request: HttpRequest, child: Child) -> str:
    device: int = getattr(request, "child_device", 0)
    return signing.dumps([child.session.pk, child.pupil.pk, device], salt=_SALT)


def _set(answer: HttpResponse, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
