"""The lending right of the schools of a library: which count, and the list of a year."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.queries import library_of_catalogue
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library
from leesbouw.ui.pages import Page, PostPage

from .. import actions, queries
from ..permissions import VIEW_BOOKS


class _OfLibrary:
    actor: Any

    @cached_property
    def library(self) -> Library:
        """Her own library. Somebody of a school has none here."""
        if self.actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            raise Http404
        found = library_of_catalogue(self.actor)
        if found is None:
            raise Http404
        return found


class Right(_OfLibrary, Page):
    """Every school with the rule that holds for it."""

    permission = VIEW_BOOKS
    template_name = "lending/right.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = queries.right_lines(self.actor, self.library.pk, self.year)
        return super().get_context_data(
            **kwargs,
            library=self.library,
            year=self.year,
            lines=lines,
            counting=sum(line.counts for line in lines),
            schools=sum(line.place.is_school for line in lines),
            formats=actions.RIGHT_FORMATS,
        )


class RightFile(_OfLibrary, PostPage):
    """Orders the list; the worker makes it."""

    permission = VIEW_BOOKS
    done = _("We are making the file. It is here in a moment.")

    def load(self) -> Library:
        if self.kwargs["ext"] not in actions.RIGHT_FORMATS:
            raise Http404
        return self.library

    def act(self, form: Any) -> Any:
        return actions.order_right(library=self.object, year=self.year, ext=self.kwargs["ext"], by=self.actor)

    def done_url(self, result: Any) -> str:
        return reverse("dashboards:job-detail", args=[result.pk])

    def back_url(self) -> str:
        return reverse("lending:right")
