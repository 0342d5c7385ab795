"""A teacher chooses on her telephone: `/t/` asks for the code on the wall, `/t/<code>/` is the choice. No account, no name.

A signed cookie holds something random, so that a telephone chooses once, and what it chose, so that it can choose anew.
It is good for this one session and is on this telephone only.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from leesbouw.accounts.domain import new_token

from ...actions.voting import Vote, vote
from ...domain.doors import TEAM_LENGTH
from ...domain.team import LONGEST_OWN, Choice
from ...models import TeamSession
from ...queries.team import ballot_of, choice_digest, choices_of, session_by_code
from ...queries.wording import speak
from ..base import InItsWords
from .gate import look_up

COOKIE = "keuze"
KEPT = 12 * 60 * 60  # seconds: a team meeting with its evening
STATUS = {"unknown": 404, "busy": 429}


class OfCode(InItsWords, View):
    """A page behind the code of a team session."""

    code = ""
    session: TeamSession | None = None

    def find(self, typed: str) -> str:
        """Empty when there is an open session, else "unknown" or "busy"."""
        self.code, self.session, told = look_up(typed, session_by_code, TEAM_LENGTH)
        if self.session is not None:
            speak(self.session.participation.round.kind)
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
    """What there is to choose; after choosing, thank you, and the way back."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        if told := self.find(code):
            return self.ask(request, told, code)
        assert self.session is not None
        if code != self.code:  # the cookie holds to one address
            return HttpResponseRedirect(reverse("monitor:phone", args=[self.code]))
        token, chosen = self.kept(request)
        ballot = ballot_of(self.session, token) if token else None
        if ballot is None:
            return self.show(request, Choice())
        may_change = ballot.choice_hash == choice_digest(self.session.pk, token, chosen)
        if may_change and "anders" in request.GET:
            return self.show(request, chosen)
        return render(
            request, "monitor/team/thanks.html", {"session": self.session, "may_change": may_change}
        )

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if told := self.find(code):
            return self.ask(request, told, code)
        token, before = self.kept(request)
        token = token or new_token()
        outcome, choice = vote(
            code=code,
            token=token,
            sent=request.POST.getlist("kies"),
            own=request.POST.get("zelf", ""),
            before=before,
        )
        if outcome is Vote.UNKNOWN:
            return self.ask(request, "unknown", code)
        if outcome in (Vote.EMPTY, Vote.TOO_MANY):
            return self.show(request, choice, outcome.value)
        answer = HttpResponseRedirect(request.path)
        if outcome is Vote.COUNTED:
            self.remember(answer, token, choice)
        return answer

    def show(self, request: HttpRequest, choice: Choice, wrong: str = "") -> HttpResponse:
        assert self.session is not None
        context: dict[str, Any] = {
            "session": self.session,
            "choices": choices_of(self.session),
            "choice": choice,
            "longest": LONGEST_OWN,
            "wrong": wrong,
        }
        answer = render(request, "monitor/team/phone.html", context, status=422 if wrong else 200)
        if not self.kept(request)[0]:
            self.remember(answer, new_token(), Choice())
        return answer

    def kept(self, request: HttpRequest) -> tuple[str, Choice]:
        """What this telephone is known by, and what it chose; both empty at first."""
        try:
            token, points, own = signing.loads(
                request.COOKIES.get(COOKIE, ""), salt=f"{COOKIE}:{self.code}", max_age=KEPT
            )
        except (signing.BadSignature, ValueError):
            return "", Choice()
        return token, Choice(tuple(points), own)

    def remember(self, answer: HttpResponse, token: str, choice: Choice) -> None:
        answer.set_cookie(
            COOKIE,
            signing.dumps([token, choice.points, choice.own], salt=f"{COOKIE}:{self.code}"),
            max_age=KEPT,
            path=reverse("monitor:phone", args=[self.code]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
