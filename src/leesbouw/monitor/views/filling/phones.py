"""A teacher chooses on her telephone: `/t/` asks for the code on the wall, `/t/<code>/` is the choice. No account, no name.

A cookie holds something random, so that a telephone chooses once. It is good for this one session and says nothing.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from leesbouw.accounts.domain import new_token
from leesbouw.core.numbers import whole_of

from ...actions.voting import Vote, vote
from ...domain.doors import TEAM_LENGTH
from ...domain.team import LONGEST_OWN
from ...models import TeamSession
from ...queries.team import choices_of, has_voted, session_by_code
from .gate import look_up

COOKIE = "keuze"
KEPT = 12 * 60 * 60  # seconds: a team meeting with its evening
STATUS = {"unknown": 404, "busy": 429}


class OfCode(View):
    """A page behind the code of a team session."""

    code = ""
    session: TeamSession | None = None

    def find(self, typed: str) -> str:
        """Empty when there is an open session, else "unknown" or "busy"."""
        self.code, self.session, told = look_up(typed, session_by_code, TEAM_LENGTH)
        return told

    def ask(self, request: HttpRequest, told: str = "", typed: str = "") -> HttpResponse:
        context = {"told": told, "typed": typed[:20]}
        return render(request, "monitor/team/start.html", context, status=STATUS.get(told, 200))


@method_decorator(never_cache, name="dispatch")
class Start(OfCode):
    """`/t/`: eight signs, and on."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("code", "")
        if not typed:
            return self.ask(request)
        if told := self.find(typed):
            return self.ask(request, told, typed)
        return HttpResponseRedirect(reverse("monitor:phone", args=[self.code]))


@method_decorator(never_cache, name="dispatch")
class Choose(OfCode):
    """What there is to choose; after choosing, thank you."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        if told := self.find(code):
            return self.ask(request, told, code)
        assert self.session is not None
        if code != self.code:  # the cookie holds to one address
            return HttpResponseRedirect(reverse("monitor:phone", args=[self.code]))
        token = self.token(request)
        if token and has_voted(self.session, token):
            return render(request, "monitor/team/thanks.html", {"session": self.session})
        return self.show(request)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if told := self.find(code):
            return self.ask(request, told, code)
        token = self.token(request) or new_token()
        outcome = vote(
            code=code, token=token, sent=request.POST.getlist("kies"), own=request.POST.get("zelf", "")
        )
        if outcome is Vote.UNKNOWN:
            return self.ask(request, "unknown", code)
        if outcome is not Vote.COUNTED:
            return self.show(request, outcome.value)
        answer = HttpResponseRedirect(request.path)
        self.remember(answer, token)
        return answer

    def show(self, request: HttpRequest, wrong: str = "") -> HttpResponse:
        assert self.session is not None
        context: dict[str, Any] = {
            "session": self.session,
            "choices": choices_of(self.session),
            "chosen": set(whole_of(request.POST.getlist("kies"))),
            "own": request.POST.get("zelf", "")[:LONGEST_OWN],
            "longest": LONGEST_OWN,
            "wrong": wrong,
        }
        answer = render(request, "monitor/team/phone.html", context, status=422 if wrong else 200)
        if not self.token(request):
            self.remember(answer, new_token())
        return answer

    def token(self, request: HttpRequest) -> str:
        return request.get_signed_cookie(COOKIE, "", salt=self.code, max_age=KEPT)

    def remember(self, answer: HttpResponse, token: str) -> None:
        answer.set_signed_cookie(
            COOKIE,
            token,
            salt=self.code,
            max_age=KEPT,
            path=reverse("monitor:phone", args=[self.code]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
