"""The door of children: `/klas/` asks for the code, `/klas/<code>/` shows who is in the class, three pictures let in.

Nobody is signed in here. Every press is a form, so all of it works without a script.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leesbouw.core.codes import read_code
from leesbouw.core.gate import Gate

from ..actions.classes import welcome
from ..actions.devices import drop_own_device
from ..actions.pictures import ready_tiles, try_pictures
from ..domain import CODE_LENGTH, HOW_MANY, chosen_from
from ..enums import Came, Picture
from ..middleware import DEVICE, come_in, device_of, go_out, was_disconnected
from ..models import ClassSession
from ..queries.classes import Tile, class_of_group, class_with, tile_with
from ..queries.pictures import pictures_shown

# Wrong codes forgiven a second. With a thousand classes open a guess is right once in forty million.
gate = Gate(20.0)
HOME = "/mijn/"  # of a room above this one, else the page of this one
PROOF_LASTS = 120  # seconds between the pictures and "yes, that is me"
PROOF = "pupils.proof"


def home() -> str:
    """Where a child goes that came in."""
    try:
        resolve(HOME)
    except Resolver404:
        return reverse("pupils:child-known")
    return HOME


@method_decorator(never_cache, name="dispatch")
class Door(View):
    """A page of the door; `answer` draws it."""

    def answer(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        return render(request, f"pupils/door/{template}.html", context, status=status)


class Start(Door):
    """Eight signs, and on. A device of the class goes straight to its class."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = request.GET.get("code", "")
        if typed:
            code = read_code(typed, CODE_LENGTH)
            if not gate.lets(code or "-"):
                return self.answer(request, "start", 429, told="busy", typed=typed[:20])
            if class_with(code) is None:
                return self.answer(request, "start", 404, told="unknown", typed=typed[:20])
            return HttpResponseRedirect(reverse("pupils:door", args=[code]))
        device = device_of(request)
        session = class_of_group(device.group_id) if device else None
        if session is not None:
            return HttpResponseRedirect(reverse("pupils:door", args=[session.code]))
        answer = self.answer(request, "start", is_device=device is not None)
        if device is None and DEVICE in request.COOKIES:
            answer.delete_cookie(DEVICE)
        return answer


class OfClass(Door):
    """A page of a class that is open. After it: to the page that asks for the code, with the reason."""

    session: ClassSession

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = read_code(kwargs["code"], CODE_LENGTH)
        if not gate.lets(code or "-"):
            return self.answer(request, "start", 429, told="busy")
        if was_disconnected(request):
            return HttpResponseRedirect(reverse("pupils:door-start"))
        session = class_with(code)
        if session is None:
            return self.answer(request, "start", 404, told="closed")
        gate.was_right(code)
        self.session = session
        return super().dispatch(request, *args, **kwargs)


class Tiles(OfClass):
    """Who are you? A first name and an animal each."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.answer(request, "tiles", tiles=ready_tiles(session=self.session), session=self.session)


class OfTile(OfClass):
    """A page about one child of the class; of a token that is nobody's back to the tiles."""

    def find(self) -> Tile | None:
        return tile_with(self.session, self.kwargs["token"])

    def back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("pupils:door", args=[self.session.code]))


class Pictures(OfTile):
    """Three pictures out of twelve, in their order; then: is this you?"""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, code: str, token: str) -> HttpResponse:
        tile = self.find()
        if tile is None:
            return self.back()
        if tile.may_come_in():
            return self.is_it_you(tile, [])
        return self.show(tile, [], Came.ASK if tile.asks else None)

    def post(self, request: HttpRequest, code: str, token: str) -> HttpResponse:
        tile = self.find()
        if tile is None:
            return self.back()
        chosen = chosen_from(request.POST.getlist("plaatje"), Picture.values)
        if len(chosen) < HOW_MANY:
            return self.show(tile, chosen)
        came = try_pictures(session=self.session, token=token, pictures=chosen)
        return self.is_it_you(tile, chosen) if came is Came.RIGHT else self.show(tile, [], came)

    def show(self, tile: Tile, chosen: list[str], came: Came | None = None) -> HttpResponse:
        shown = pictures_shown(tile, chosen, came, has_card="heb" in self.request.GET)
        return self.answer(self.request, "pictures", session=self.session, **shown)

    def is_it_you(self, tile: Tile, chosen: list[str]) -> HttpResponse:
        proof = signing.dumps([self.session.pk, tile.pupil.pk], salt=PROOF)
        return self.answer(
            self.request,
            "is_it_you",
            session=self.session,
            tile=tile,
            chosen=[Picture(one) for one in chosen],
            proof=proof,
        )


class ComeIn(OfTile):
    """ "Yes, that is me": with the proof of the pictures, or because the teacher let the child in."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, code: str, token: str) -> HttpResponse:
        tile = self.find()
        if tile is None or not self.has_proof(tile):
            return self.back()
        welcome(tile=tile, session=self.session)
        come_in(request, self.session, tile.pupil)
        return HttpResponseRedirect(home())

    def has_proof(self, tile: Tile) -> bool:
        try:
            proven = signing.loads(self.request.POST.get("bewijs", ""), salt=PROOF, max_age=PROOF_LASTS)
        except signing.BadSignature:
            return False
        return proven == [self.session.pk, tile.pupil.pk]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Out, and back to the tiles for the next child on this device."""
    child = getattr(request, "child", None)
    go_out(request)
    to = reverse("pupils:door", args=[child.session.code]) if child else reverse("pupils:door-start")
    return HttpResponseRedirect(to)


@require_http_methods(["POST"])
def forget_device(request: HttpRequest) -> HttpResponse:
    """This device belongs to no class any more."""
    drop_own_device(token=request.COOKIES.get(DEVICE, ""))
    answer = HttpResponseRedirect(reverse("pupils:door-start"))
    answer.delete_cookie(DEVICE)
    return answer
