"""Suggestions for one child: on its own page, and for its teacher."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from leesbouw.lending.actions import note_group_look
from leesbouw.lending.permissions import LEND
from leesbouw.lending.queries.groups import group_books
from leesbouw.pupils.queries.classes import reading_line
from leesbouw.ui.pages import Page

from ..domain import toggled
from ..domain.suggesting import Reason
from ..queries.ideas import Suggestion, Suggestions, for_child, for_teacher
from .base import Own
from .tips import OfGroup


def address(chosen: list[str]) -> str:
    return f"?{urlencode([('plaatje', one) for one in chosen])}"


def pictures(found: Suggestions, chosen: list[str]) -> list[tuple[Any, bool, str]]:
    """Each picture, whether it is chosen, and where a press leads."""
    return [(facet, facet.code in chosen, address(toggled(chosen, facet.code))) for facet in found.facets]


def why(line: Suggestion) -> str:
    """One short line beside a book."""
    match line.reason:
        case Reason.ALIKE:
            return _("Who reads such books read this too")
        case Reason.SERIES:
            return _("From the same series: %(series)s") % {"series": line.about}
        case Reason.AUTHOR:
            return _("Also by %(author)s") % {"author": line.about}
        case Reason.THEME:
            return _("Also about: %(theme)s") % {"theme": line.about}
    return _("Often borrowed at this school")


class Ideas(Own):
    """`/kast/voor-jou/`: books that stand on the shelf now and may suit this child."""

    template_name = "shelf/ideas.html"
    about = "ideas"
    way = "case"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.getlist("plaatje")
        found = for_child(self.child, chosen)
        return super().get_context_data(
            **kwargs,
            lines=[(line, why(line)) for line in found.lines],
            facets=pictures(found, chosen),
        )


class GroupIdeas(OfGroup, Page):
    """`/klas/groep/<id>/ideeen/<child>/`: what the teacher may put in this child's hands."""

    permission = LEND
    template_name = "shelf/group_ideas.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        group = self.group()
        books = group_books(self.actor, reading_line(self.actor, group.pk))
        reader = next((one for one in books.readers if one.tile.pupil.pk == self.kwargs["pupil"]), None)
        if reader is None:
            raise Http404
        note_group_look(group=group, by=self.actor)
        chosen = request.GET.getlist("plaatje")
        found = for_teacher(self.actor, group, reader.tile.pupil, chosen)
        answer = self.render_to_response(
            self.get_context_data(
                group=group,
                reader=reader,
                lines=[(line, why(line)) for line in found.lines],
                facets=pictures(found, chosen),
            )
        )
        add_never_cache_headers(answer)
        return answer
