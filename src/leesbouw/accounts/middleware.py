"""Sets `request.actor`, once, from the signed-in user and the role she chose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from leesbouw.core.time import SchoolYear

from .permissions import role
from .queries import actor_for, assignments_today, held_roles

SESSION_KEY = "assignment"


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.roles, request.role_menu, request.role_body = None, [], (), None
        request.unit = None
        request.school_year = _year_of(request)
        if request.user.is_authenticated:
            _sign(request)
        return self.get_response(request)


def _sign(request: HttpRequest) -> None:
    rows = assignments_today(request.user)
    if not rows:
        return
    wanted = request.session.get(SESSION_KEY) or request.user.last_assignment_id
    row = next((row for row in rows if row.pk == wanted), rows[0])
    body = role(row.role)
    request.actor = actor_for(row, request.user)
    request.roles = held_roles(rows, row.pk)
    request.role_menu, request.role_body, request.unit = body.menu, body, row.unit


def _year_of(request: HttpRequest) -> SchoolYear:
    try:
        return SchoolYear.parse(request.GET["jaar"])
    except (KeyError, ValueError):
        return SchoolYear.running()
