"""Somebody's own account, and the role she works in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from leesbouw.core.access import Actor
from leesbouw.core.numbers import whole
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import FormPage

from ..actions import choose_role, rename_user, sign_out_everywhere
from ..forms.users import MeForm
from ..middleware import SESSION_KEY
from ..models import RoleAssignment, User
from ..queries import own_history, person
from .signing_in import HOME


class OwnAccount:
    """A page about oneself, for who signed in, with or without a role."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.actor = request.actor or person(request.user)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Me(OwnAccount, FormPage):
    template_name = "accounts/me.html"
    form_class = MeForm
    title = _("My account")

    def load(self) -> User:
        return self.request.user

    def initial(self) -> dict[str, Any]:
        return {"name": self.request.user.name}

    def act(self, form: Form) -> User:
        return rename_user(user=self.request.user, by=self.actor, **form.values())

    def back_url(self) -> str:
        return reverse("accounts:me")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(history=own_history(self.request.user), **kwargs)


class SwitchRole(View):
    """Works on in another of one's own roles, under a fresh session key."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment_id: int | None = None) -> HttpResponse:
        wanted = assignment_id or whole(request.POST.get("role", "")) or 0
        try:
            row = choose_role(assignment_id=wanted, by=_self(request))
        except RoleAssignment.DoesNotExist:
            raise Http404 from None
        request.session.cycle_key()
        request.session[SESSION_KEY] = row.pk
        return HttpResponseRedirect(HOME)


class SignOutEverywhere(View):
    """Ends every other session."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        user = sign_out_everywhere(user=request.user, by=_self(request))
        update_session_auth_hash(request, user)
        messages.success(request, str(_("You are signed out everywhere else.")))
        return HttpResponseRedirect(reverse("accounts:me"))


def _self(request: HttpRequest) -> Actor:
    return request.actor or person(request.user)
