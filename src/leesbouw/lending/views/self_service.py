"""A tablet on which children help themselves: their class, their tile, their three pictures, and then a book in or out.

Every press is a form, so all of it works without a script. Who the child is stands in a signed cookie of a minute and a
half; the page itself is gone after half a minute of nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from leesbouw.core.errors import Sentence
from leesbouw.pupils.domain import HOW_MANY, chosen_from
from leesbouw.pupils.enums import Came, Picture
from leesbouw.pupils.queries.pictures import pictures_shown

from .. import actions
from ..domain.borrowers import Borrower
from ..domain.entries import Sent
from ..enums import BorrowerKind, Mode
from ..queries.desk import Desk
from ..queries.self_service import Helper, class_at, helper_of, tablet_of, tile_at
from .desk import gate

TABLET, CHILD = "zelf", "zelf-kind"
SALT = "lending.self"
LASTS = 90  # seconds a child stays in without pressing; the script takes it out after thirty
A_YEAR = 365 * 24 * 60 * 60


@method_decorator(never_cache, name="dispatch")
class AtTablet(View):
    """A page of a paired tablet; on any other device the question for the code of the coordinator."""

    desk: Desk
    child: Helper | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        desk = tablet_of(request.COOKIES.get(TABLET, ""))
        if desk is None:
            return render(request, "lending/self/pair.html", status=200 if request.method == "GET" else 403)
        self.desk = desk
        self.child = self._child(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def _child(self, request: HttpRequest) -> Helper | None:
        try:
            sent = signing.loads(request.COOKIES.get(CHILD, ""), salt=SALT, max_age=LASTS)
            device, pupil = int(sent[0]), int(sent[1])
        except (signing.BadSignature, ValueError, TypeError, LookupError):
            return None
        return helper_of(self.desk, pupil) if device == self.desk.device else None

    def answer(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        context |= {"desk": self.desk, "request_id": uuid4().hex}
        return render(self.request, f"lending/self/{template}.html", context, status=status)


class Start(AtTablet):
    """`/zelf/`: the child's own page when it is in; else the classes, and a field for a book that comes back."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        code = request.POST.get("code", "").strip()[:80]
        if not code:
            return self.show()
        child = self.child
        sent = Sent(
            request=request.POST.get("request", "")[:64] or uuid4().hex,
            kind="scan",
            code=code,
            borrower=Borrower(BorrowerKind.PUPIL, child.pupil_id) if child else None,
            mode=Mode.LEND if child else Mode.RETURN,
        )
        return self.show(actions.help_oneself(sent=sent, desk=self.desk))

    def show(self, told: Any = None) -> HttpResponse:
        child = self.child
        if child is None:
            return self.answer("start", groups=class_at(self.desk), told=told)
        answer = self.answer("mine", child=child, books=child.books(self.desk), told=told)
        keep_in(answer, self.desk, child.pupil_id)
        return answer


class Tiles(AtTablet):
    """Who are you? A first name and an animal each."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, group: int) -> HttpResponse:
        tiles = actions.tiles_at_tablet(desk=self.desk, group_id=group)
        if not tiles:
            return HttpResponseRedirect(reverse("lending:self"))
        return self.answer("tiles", tiles=tiles, group=group)


class Pictures(AtTablet):
    """Three pictures out of twelve, as at the door of the class."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, group: int, token: str) -> HttpResponse:
        return self.show(group, token, [])

    def post(self, request: HttpRequest, group: int, token: str) -> HttpResponse:
        if "binnen" in request.POST:
            came, pupil_id = actions.let_in_at_tablet(desk=self.desk, group_id=group, token=token)
        else:
            chosen = chosen_from(request.POST.getlist("plaatje"), Picture.values)
            if len(chosen) < HOW_MANY:
                return self.show(group, token, chosen)
            came, pupil_id = actions.try_at_tablet(
                desk=self.desk, group_id=group, token=token, pictures=chosen
            )
        if came is not Came.RIGHT:
            return self.show(group, token, [], came)
        answer = HttpResponseRedirect(reverse("lending:self"))
        keep_in(answer, self.desk, pupil_id)
        return answer

    def show(self, group: int, token: str, chosen: list[str], came: Came | None = None) -> HttpResponse:
        tile = tile_at(self.desk, group, token)
        if tile is None:
            return HttpResponseRedirect(reverse("lending:self"))
        came = Came.ASK if tile.asks else came
        shown = pictures_shown(tile, chosen, came, has_card="heb" in self.request.GET)
        return self.answer("pictures", group=group, may=tile.may_come_in(), **shown)


class Leave(AtTablet):
    """Out, for the next child."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponseRedirect(reverse("lending:self"))
        answer.delete_cookie(CHILD, path="/zelf/")
        return answer

    post = get


@method_decorator(never_cache, name="dispatch")
class PairTablet(View):
    """`/zelf/koppelen/`: the code of the coordinator makes this device a tablet for children."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("code", "")[:40]
        if not gate.lets("-"):
            told = _("Too many wrong codes. Wait a moment and try again.")
            return render(request, "lending/self/pair.html", {"told": told}, status=429)
        try:
            _device, token = actions.pair_desk(typed=typed, is_self=True)
        except Sentence as sentence:
            return render(request, "lending/self/pair.html", {"told": str(sentence)}, status=422)
        answer = HttpResponseRedirect(reverse("lending:self"))
        _set(answer, TABLET, token, A_YEAR)
        return answer


def keep_in(answer: HttpResponse, desk: Desk, pupil_id: int) -> None:
    """The child that is in stays in a little longer."""
    _set(answer, CHILD, signing.dumps([desk.device, pupil_id], salt=SALT), LASTS)


def _set(answer: HttpResponse, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name, value, max_age=seconds, path="/zelf/", httponly=True, secure=settings.SECURE, samesite="Strict"
    )
