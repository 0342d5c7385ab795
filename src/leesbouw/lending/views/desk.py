"""The desk: one page with one field, the answers to its scans, pairing, opening and locking."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from leesbouw.core.errors import Sentence
from leesbouw.core.gate import Gate
from leesbouw.core.time import now

from .. import actions
from ..domain.borrowers import Borrower
from ..domain.cards import COMMANDS
from ..domain.entries import Sent, read_entries, read_reasons
from ..enums import Mode
from ..queries.desk import Desk, device_with, places_for_desk, room_of, volunteers_at
from .standing import device_token, forget, keep_open, lock, open_for, pair, signed_in, standing

# Wrong codes forgiven a second. A code holds a quarter of an hour and few are open: nobody guesses one at this pace.
gate = Gate(1.0)
MODES = (Mode.LEND, Mode.RETURN, Mode.ROW, Mode.RENEW)


@method_decorator(never_cache, name="dispatch")
class AtDesk(View):
    """A page of the desk; who does not stand at one is asked for a code, a PIN or a school."""

    desk: Desk | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.desk = standing(request, request.GET.get("school", "") or request.POST.get("school", ""))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def outside(self, request: HttpRequest, told: str = "", status: int = 200) -> HttpResponse:
        """What stands in the way: nobody's device, a locked desk, or a choice between schools."""
        device = device_with(device_token(request))
        if device is not None:
            context = {"device": device, "volunteers": volunteers_at(device), "told": told}
            return render(request, "lending/locked.html", context, status=status)
        actor = signed_in(request)
        places = places_for_desk(actor) if actor is not None else []
        context = {"places": places, "told": told, "signed_in": actor is not None}
        return render(request, "lending/pair.html", context, status=status)


class DeskPage(AtDesk):
    """`/balie/`. Without JavaScript each scan is a form that comes back here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.desk is None:
            return self.outside(request)
        return self.page(request, self.desk, request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.desk is None:
            return self.outside(request, status=403)
        sent = _sent_by_form(request.POST)
        reply = actions.handle(entries=[sent], desk=self.desk)[0]
        answer = self.page(request, self.desk, request.POST, reply)
        keep_open(request, answer, self.desk)
        return answer

    def page(self, request: HttpRequest, desk: Desk, values: Any, reply: Any = None) -> HttpResponse:
        mode = values.get("mode", Mode.LEND)
        group = values.get("groep", "")
        who = reply.who if reply and reply.who else None
        loans = reply.loans if reply else None
        if who and loans is None:
            again = Sent(uuid4().hex, "choose", borrower=Borrower.parse(who["id"]))
            loans = actions.handle(entries=[again], desk=desk)[0].loans
        room = room_of(desk)
        chosen = int(group) if group.isascii() and group.isdigit() else 0
        context = {
            "desk": desk,
            "room": room,
            "faces": room.in_group(chosen) if chosen else [],
            "chosen": chosen,
            "modes": MODES,
            "mode": mode if mode in Mode.values else Mode.LEND,
            "reply": reply,
            "code": values.get("code", "") or values.get("again", ""),
            "allowed": values.getlist("allowed") if hasattr(values, "getlist") else [],
            "who": who,
            "loans": loans or [],
            "request_id": uuid4().hex,
            "commands": " ".join(f"{code}={name}" for code, name in COMMANDS.items()),
        }
        answer = render(request, "lending/desk.html", context)
        if desk.device and not request.GET and request.method == "GET":
            answer["X-Balie"] = "open"  # the browser may keep this page: it holds no name of a child
        return answer


def _sent_by_form(values: Any) -> Sent:
    """An entry of the form of the page, for a desk without JavaScript."""
    try:
        allowed = read_reasons(values.getlist("allowed"))
    except ValueError:
        allowed = frozenset()
    borrower = Borrower.parse(values.get("choose", "") or values.get("borrower", ""))
    kind = "choose" if values.get("choose") else ("undo" if values.get("undo") else "scan")
    mode = values.get("mode", "")
    return Sent(
        request=values.get("request", "")[:64],
        kind=kind,
        code=(values.get("undo") or values.get("code") or values.get("again", ""))[:80],
        borrower=borrower,
        mode=Mode(mode) if mode in Mode.values else Mode.LEND,
        allowed=allowed,
    )


class Process(AtDesk):
    """`/balie/verwerken/`: a list of what happened, in order; an answer for each. The request ids make it safe to send
    the same list twice, so a desk that was cut off sends what it kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.desk is None:
            return JsonResponse({"locked": True}, status=403)
        try:
            entries = read_entries(json.loads(request.body), now())
        except (ValueError, UnicodeDecodeError, RecursionError):
            return JsonResponse({"wrong": True}, status=400)
        replies = actions.handle(entries=entries, desk=self.desk)
        answer = JsonResponse({"answers": [reply.as_json() for reply in replies]})
        keep_open(request, answer, self.desk)
        return answer


class Names(AtDesk):
    """`/balie/namen/`: the groups and names of the school, once for a page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.desk is None:
            return JsonResponse({"locked": True}, status=403)
        room = room_of(self.desk)
        return JsonResponse(
            {
                "groups": [{"id": pk, "name": name} for pk, name in room.groups],
                "faces": [{"id": face.id, "name": face.name, "group": face.group} for face in room.faces],
            }
        )


class Pair(AtDesk):
    """`/balie/koppelen/`: the code of the coordinator makes this device a desk."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("code", "")[:40]
        if not gate.lets("-"):
            return self.outside(request, _("Too many wrong codes. Wait a moment and try again."), status=429)
        try:
            _device, token = actions.pair_desk(typed=typed)
        except Sentence as sentence:
            return self.outside(request, str(sentence), status=422)
        answer = HttpResponseRedirect(reverse("lending:desk"))
        pair(answer, token)
        return answer


class Open(AtDesk):
    """`/balie/openen/`: a name and a PIN."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        device = device_with(device_token(request))
        if device is None:
            answer = HttpResponseRedirect(reverse("lending:desk"))
            forget(answer)
            return answer
        number = request.POST.get("naam", "")
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        try:
            row = actions.open_desk(volunteer_id=pk, pin=request.POST.get("pin", "")[:10], device=device)
        except Sentence as sentence:
            return self.outside(request, str(sentence), status=422)
        answer = HttpResponseRedirect(reverse("lending:desk"))
        open_for(answer, row.pk)
        return answer


class Lock(AtDesk):
    """`/balie/sluiten/`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponseRedirect(reverse("lending:desk"))
        lock(answer)
        return answer
