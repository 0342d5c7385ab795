"""A pupil fills in: `/m/` asks for the code, `/m/<code>/` is the list. No account, no session, no cookie.

The form carries no CSRF token: such a token protects what a browser may do because it is signed in, and here nobody
is. What is sent proves itself by the code of the class, and a receipt keeps it from being stored twice.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from ...actions.submitting import Outcome, submit_pupil
from ...domain.doors import read_code
from ...domain.languages import translated
from ...enums import MonitorKind
from ...queries.doors import Door, door
from ...queries.languages import languages_of
from ...queries.wording import language_of
from .gate import gate, look_up
from .rendering import drawn

STATUS = {
    Outcome.STORED: 204,
    Outcome.EMPTY: 422,
    Outcome.PAUSED: 423,
    Outcome.CLOSED: 410,
    Outcome.UNKNOWN: 404,
}
BUSY = 429
FROM_SCRIPT = "application/x-leesbouw"  # what the script of the page accepts: a status and no page


class OfCode(View):
    """A page behind a code. `find` leaves `self.told`: what to say when there is no list to show."""

    code = ""
    door: Door | None = None

    @property
    def language(self) -> str:
        """Asked by `?taal=`; it is kept nowhere, because it could tell who filled in."""
        return self.request.GET.get("taal", "")[:3]

    def find(self, typed: str) -> str:
        """Empty when the list can be filled in, else "unknown", "busy", "closed" or "paused"."""
        self.code, self.door, told = look_up(typed, door)
        if self.door is None:
            return told
        if not self.door.is_open:
            return "closed"
        return "paused" if self.door.is_paused else ""

    def tell(self, request: HttpRequest, told: str) -> HttpResponse:
        """One sentence that a child understands."""
        status = {"unknown": 404, "closed": 410, "busy": BUSY}.get(told, 200)
        context = {"told": told, "code": self.code}
        kind = self.door.list.body.sector if self.door else MonitorKind.PO
        with translation.override(language_of(kind)):
            return fresh(render(request, "monitor/fill/told.html", context, status=status))


class Start(OfCode):
    """`/m/`: six signs, and on. Also where a list that could not be sent yet gets another chance."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("code", "")
        if not typed:
            return fresh(render(request, "monitor/fill/start.html"))
        told = self.find(typed)
        if told in {"unknown", "busy"}:
            return self.ask_again(request, typed, told)
        return HttpResponseRedirect(reverse("monitor:fill", args=[self.code]))

    def ask_again(self, request: HttpRequest, typed: str, told: str) -> HttpResponse:
        status = BUSY if told == "busy" else 404
        context = {"told": told, "typed": typed[:20]}
        return fresh(render(request, "monitor/fill/start.html", context, status=status))


@method_decorator(csrf_exempt, name="dispatch")
class Fill(OfCode):
    """The list, and what comes back. To the script a status says enough; else there is a page."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        if told := self.find(code):
            return self.tell(request, told)
        assert self.door is not None
        page = drawn(self.door.list, self.language)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            answer = HttpResponse(page.gzipped(), headers={"Content-Encoding": "gzip"})
        else:
            answer = HttpResponse(page.plain())
        answer["Vary"] = "Accept-Encoding"
        return fresh(answer)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        self.code = read_code(code)
        if not self.code:
            return self.answer(request, Outcome.UNKNOWN)
        if not gate.lets(self.code):
            return self.busy(request)
        outcome = submit_pupil(code=code, form=dict(request.POST.lists()))
        if outcome is not Outcome.UNKNOWN:
            gate.was_right(self.code)
        return self.answer(request, outcome)

    def busy(self, request: HttpRequest) -> HttpResponse:
        """Later: a list that was filled in stays on the device until the door is looked at."""
        if request.headers.get("Accept", "") == FROM_SCRIPT:
            return fresh(HttpResponse(status=BUSY))
        return self.tell(request, "busy")

    def answer(self, request: HttpRequest, outcome: Outcome) -> HttpResponse:
        if request.headers.get("Accept", "") == FROM_SCRIPT:
            return fresh(HttpResponse(status=STATUS[outcome]))
        if outcome is Outcome.STORED:
            done = reverse("monitor:fill-done", args=[self.code])
            return HttpResponseRedirect(
                f"{done}?{urlencode({'taal': self.language})}" if self.language else done
            )
        return self.tell(request, outcome.value)


class State(OfCode):
    """What the teacher is doing: pausing, or reading a question to the class. For the script of the page.

    `?van=` asks whether another code is of the same class: only there a list that came too late is offered again.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        told = self.find(code)
        item = self.door.class_code.at_item if self.door is not None and not self.door.late else ""
        answer: dict[str, Any] = {"told": told, "item": item}
        if "van" in request.GET:
            other = look_up(request.GET["van"], door)[1]
            answer["same"] = bool(self.door and other and self.door.class_code == other.class_code)
        return fresh(JsonResponse(answer))


class Done(OfCode):
    """Thank you; and the way to the list for whoever uses the device next."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        self.find(code)
        if self.door is None:
            return self.tell(request, "unknown")
        asked, phrases = self.door.list, languages_of(self.door.list.key).get(self.language)
        thanks = translated(asked.body, phrases.phrases).thanks if phrases else asked.body.thanks
        context: dict[str, Any] = {"thanks": thanks, "code": self.code}
        language = phrases.language if phrases else settings.LANGUAGE_CODE
        with translation.override(language_of(asked.body.sector, language)):
            return fresh(render(request, "monitor/fill/done.html", context))


def fresh(answer: HttpResponse) -> HttpResponse:
    """Not kept by the browser: the next child on this tablet gets a list of its own."""
    answer["Cache-Control"] = "no-store"
    return answer
