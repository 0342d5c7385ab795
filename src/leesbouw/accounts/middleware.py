"""Sets `request.actor`, once, from the signed-in user and the role she chose, and turns away who may not come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from leesbouw.core.stamp import is_demo
from leesbouw.core.time import SchoolYear

from .models import RoleAssignment
from .permissions import role
from .public import is_own_account, is_public
from .queries import actor_for, assignments_today, held_roles

SESSION_KEY = "assignment"


class ActorMiddleware:
    """Four queries at most for who you are: session, user, roles, and how far the role reaches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.roles, request.role_menu, request.role_body = None, [], (), None
        request.unit = None
        request.needs_second_step = False
        request.school_year = _year_of(request)
        if request.user.is_authenticated:
            _sign(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Every page asks for somebody who signed in and holds a role, but for those on the list in `public`."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if is_public(name):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if is_own_account(name):
            return None
        if request.actor is None:
            return render(request, "accounts/no_role.html", status=403)
        if request.needs_second_step and not is_demo():
            return _go(request, reverse("accounts:secure"))
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to where one wanted to go."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("account_login"))
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseRedirect(reverse("account_login"))
    return redirect_to_login(request.get_full_path(), login_url=reverse("account_login"))


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


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
    request.needs_second_step = not row.has_mfa and any(asks_second_step(each) for each in rows)


def asks_second_step(row: RoleAssignment) -> bool:
    """Whether this role may only be used by who has an app or a passkey."""
    body = role(row.role)
    return bool(body and body.mfa_required)


def _year_of(request: HttpRequest) -> SchoolYear:
    try:
        return SchoolYear.parse(request.GET["jaar"])
    except (KeyError, ValueError):
        return SchoolYear.running()
