"""The books of one group, for who works with it: what each child has, and the papers beside the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.queries.classes import ClassLine, reading_line
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import Page, PostPage

from .. import actions
from ..permissions import LEND, VIEW_LOANS
from ..queries.class_cards import card_lines
from ..queries.class_papers import class_cards_pdf, class_sheet_pdf
from ..queries.digests import wants_digest
from ..queries.groups import WISHES, GroupBooks, group_books
from ..queries.self_service import tablet_waits_for
from ..queries.words import day_words, group_words
from .desks import _OfPlace


class OfGroup:
    """A page about the books of a group. Who may not open its class finds no page; no browser keeps a copy."""

    permission = LEND
    actor: Any
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(answer)
        return answer

    def line(self) -> ClassLine:
        try:
            return reading_line(self.actor, self.kwargs["pk"])
        except (ClassGroup.DoesNotExist, OverflowError):
            raise Http404 from None


LABELS = {
    "": _("Everybody"),
    "heeft": _("Has a book"),
    "geen": _("Has no book"),
    "laat": _("The day is over"),
}


class GroupPage(OfGroup, Page):
    """`/klas/groep/<id>/lenen/`: each child with its books. A look is written once a day."""

    template_name = "lending/group.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        line = self.line()
        actions.note_group_look(group=line.group, by=self.actor)
        wish = request.GET.get("toon", "")
        found = group_books(self.actor, line)
        context = self.get_context_data(
            line=line,
            found=found,
            has_ideas=has_ideas(line.group),
            tablet_waits=tablet_waits_for(line.group.location_id, [line.group.pk]).get(line.group.pk),
            wants_digest=wants_digest(self.actor) if line.is_own else None,
            wish=wish if wish in WISHES else "",
            readers=found.those(wish if wish in WISHES else ""),
            chips=self.chips(found),
        )
        return self.render_to_response(context)

    def chips(self, found: GroupBooks) -> list[tuple[str, Any, int]]:
        """Code, label and number of children of each choice."""
        day = {"day": day_words(found.back_by)}
        until = _("Back by %(day)s") if found.has_library_day else pgettext_lazy("books", "Back this week")
        labels: dict[str, Any] = LABELS | {"terug": str(until) % day if found.has_library_day else until}
        return [(code, labels[code], len(found.those(code))) for code in WISHES]


class Digests(OfGroup, PostPage):
    """Begins or ends the weekly message to a teacher of this group."""

    def load(self) -> None:
        if not self.line().is_own:
            raise Http404

    def act(self, form: Any) -> bool:
        wish = self.request.POST.get("wil") == "ja"
        (actions.want_digest if wish else actions.end_digest)(by=self.actor)
        return wish

    def done_message(self, result: bool) -> Any:
        return _("You get a message every week.") if result else _("You get no message any more.")

    def back_url(self) -> str:
        return reverse("lending:group", args=[self.kwargs["pk"]])


class _Paper(OfGroup, Page):
    http_method_names = ["get", "head", "options"]
    called: Any = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        line = self.line()
        rows = actions.print_class(group_id=line.group.pk, by=self.actor)
        if not rows:
            raise Http404
        name = file_name(group_words(line.group.name), str(self.called), today(), "pdf")
        return file_answer(self.drawn(line.group, rows), name)

    def drawn(self, group: ClassGroup, rows: Any) -> bytes:
        raise NotImplementedError


class ClassSheet(_Paper):
    """Names with barcodes, to lie beside the desk."""

    called = pgettext_lazy("file", "class sheet")

    def drawn(self, group: ClassGroup, rows: Any) -> bytes:
        return class_sheet_pdf(group, rows, self.actor)


class ClassCards(_Paper):
    """A card for each child."""

    called = pgettext_lazy("file", "library cards")

    def drawn(self, group: ClassGroup, rows: Any) -> bytes:
        return class_cards_pdf(group, rows)


def has_ideas(group: ClassGroup) -> bool:
    """Whether a room above this one suggests books for a child."""
    try:
        resolve(f"/klas/groep/{group.pk}/ideeen/1/")
    except Resolver404:
        return False
    return True


def group_url(group: ClassGroup) -> str:
    return reverse("lending:group", args=[group.pk])


class SchoolCards(_OfPlace, Page):
    """`/school/<code>/klassenbladen/`: the papers of every group, from the task list of a new school year."""

    permission = VIEW_LOANS
    template_name = "lending/class_cards.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.actor.unit_kind == UnitKind.LOCATION and self.actor.unit_id == self.location.pk
        return super().get_context_data(
            **kwargs,
            title=_("Class sheets and cards"),
            lines=card_lines(self.actor, self.location, self.year),
            page_year=self.year,
            starts_on=self.year.starts_on,
            may_print=own and self.year == SchoolYear.running(),
        )
