"""The teacher's side of the door: opening the class, letting in who cannot, cards and new pictures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from leesbouw.core.codes import spelled
from leesbouw.organisations.models import ClassGroup
from leesbouw.rendering.cards import print_login_cards
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import Page, PostPage
from leesbouw.ui.qr import matrix

from .. import actions
from ..middleware import make_device
from ..permissions import OPEN_CLASS
from ..queries.classes import ClassLine, class_line, class_lines, may_see_reading, tiles_of
from ..queries.devices import devices_of
from ..queries.papers import login_cards


class MyClasses(Page):
    """The groups of one's own school: open one for its children."""

    template_name = "pupils/classes/list.html"
    http_method_names = ["get", "head", "options"]
    permission = OPEN_CLASS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, lines=class_lines(self.actor))


def is_there(path: str) -> bool:
    """Whether a room above this one has a page here."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


class OfGroup:
    """A page about one group. Who may not open it finds no page."""

    permission = OPEN_CLASS

    def line(self) -> ClassLine:
        try:
            return class_line(self.actor, self.kwargs["pk"])  # type: ignore[attr-defined]
        except (ClassGroup.DoesNotExist, OverflowError):
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("pupils:class", args=[self.kwargs["pk"]])  # type: ignore[attr-defined]


class Board(OfGroup, Page):
    """The code for the board, who asks to be let in, and the cards."""

    template_name = "pupils/classes/class.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.line()
        may_read = may_see_reading(self.actor, line)
        context: dict[str, Any] = {
            "line": line,
            "asking": [],
            "devices": devices_of(self.actor, [line.group.pk]),
            "has_tips": may_read and is_there(f"{self.back_url()}tips/"),
            "has_books": may_read and is_there(f"{self.back_url()}lenen/"),
        }
        if line.is_open and line.session is not None:
            code = line.session.code
            url = f"{settings.LEESBOUW_URL}{reverse('pupils:door', args=[code])}"
            context |= {
                "code": code,
                "spelled": spelled(code),
                "where": f"{urlsplit(settings.LEESBOUW_URL).netloc}/klas",
                "qr": matrix(url),
                "asking": [one for one in tiles_of(line.group, line.session) if one.asks],
            }
        return super().get_context_data(**kwargs) | context


class Cards(OfGroup, Page):
    """The children of a group, each with a button for new pictures; and all cards on paper."""

    template_name = "pupils/classes/cards.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        line = self.line()
        actions.note_class_look(location=line.group.location, by=self.actor)
        return self.render_to_response(self.get_context_data(line=line, tiles=tiles_of(line.group)))


class CardsPdf(OfGroup, Page):
    """The cards on paper: a name and three pictures each."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        line = self.line()
        tiles = actions.print_cards(group_id=line.group.pk, by=self.actor)
        printed = print_login_cards(
            login_cards(tiles), title=str(_("Login cards of group %(group)s") % {"group": line.group.name})
        )
        answer = HttpResponse(printed.content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="inlogkaarten-{line.group.pk}.pdf"'
        answer["Cache-Control"] = "no-store"
        return answer


class Act(OfGroup, PostPage):
    """One button of the page of a group."""

    done = ""

    def act(self, form: Form) -> Any:
        return self.do(self.line().group.pk)

    def do(self, group_id: int) -> Any:
        raise NotImplementedError


class Open(Act):
    def do(self, group_id: int) -> Any:
        return actions.open_class(group_id=group_id, by=self.actor)


class End(Act):
    done = _("The class is closed. Nobody is in any more.")

    def do(self, group_id: int) -> Any:
        return actions.end_class(group_id=group_id, by=self.actor)


class LetIn(Act):
    done = _("The child may come in. That lasts five minutes.")

    def do(self, group_id: int) -> Any:
        token = self.request.POST.get("kind", "")[:40]
        return actions.let_in(group_id=group_id, token=token, by=self.actor)


class Renew(Act):
    """New pictures for the child in `kind`, or for the whole group."""

    done = _("There are new pictures. Print the cards again.")

    def do(self, group_id: int) -> Any:
        sent = self.request.POST.get("kind", "")
        pupil_id = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else None
        if sent and pupil_id is None:
            raise Http404
        return actions.renew_pictures(group_id=group_id, pupil_id=pupil_id, by=self.actor)

    def back_url(self) -> str:
        return reverse("pupils:class-cards", args=[self.kwargs["pk"]])


class DropDevice(Act):
    """A device of the class is so no more; whoever holds it is out."""

    done = _("This device is disconnected. Who is in there is out with the next press.")

    def do(self, group_id: int) -> Any:
        pk = self.kwargs["device"]
        if pk not in {row.pk for row in devices_of(self.actor, [group_id])}:
            raise Http404
        return actions.disconnect_class_device(device_id=pk, by=self.actor)

    def back_url(self) -> str:
        back = self.request.POST.get("terug", "")
        return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else super().back_url()


class GiveDevice(Act):
    """This device becomes one of the class: the teacher is signed out here, and the children need no code."""

    token = ""

    def do(self, group_id: int) -> Any:
        session = actions.open_class(group_id=group_id, by=self.actor)
        browser = self.request.headers.get("User-Agent", "")
        self.token = actions.pair_class_device(group_id=group_id, browser=browser, by=self.actor)
        return session

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        if not self.token:
            return answer
        logout(request)
        answer = HttpResponseRedirect(reverse("pupils:door-start"))
        make_device(answer, self.token)
        return answer
