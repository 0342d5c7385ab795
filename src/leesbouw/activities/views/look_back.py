"""What was agreed and what came of it in a year: of every location for the library, as sums for a municipality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit
from leesbouw.organisations.queries import (
    board_by_code,
    library_by_code,
    municipality_by_code,
    province_by_code,
)
from leesbouw.plans.domain import Counted, Sums, sum_of
from leesbouw.plans.queries import works_at_library
from leesbouw.rendering.sheets import file_name
from leesbouw.rendering.word import to_word
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import Empty, ListPage, Page, PostPage
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..domain import named
from ..permissions import VIEW_HOURS, VIEW_LOOK_BACK
from ..queries import YearLine

FIND: dict[str, Callable[[Actor, str], Unit]] = {
    UnitKind.MUNICIPALITY: municipality_by_code,
    UnitKind.BOARD: board_by_code,
    UnitKind.PROVINCE: province_by_code,
    UnitKind.LIBRARY: library_by_code,
}


class _OfLibrary:
    """A page for who works at a library: she sees its locations by name."""

    permission = VIEW_LOOK_BACK
    actor: Any
    year: Any

    def check(self) -> None:
        if not works_at_library(self.actor):
            raise Http404

    @cached_property
    def told(self) -> dict[int, Sums]:
        self.check()
        return queries.outcomes_of(self.actor, self.year)

    def of_year(self) -> QuerySet[Location]:
        return queries.look_back_rows(self.actor, self.year, self.told)


class LookBack(_OfLibrary, ListPage):
    """Locations × what was agreed and what came of it; where it is stuck."""

    export_permission = "ui.export"
    template_name = "activities/look_back/library.html"
    page = "activities.look_back"
    title = gettext_lazy("Agreed and reached")
    export_name = gettext_lazy("agreed and reached")
    table_class = tables.LookBackTable
    filterset_class = forms.LookBackFilters
    empty = Empty(
        gettext_lazy("Nothing to look back on"),
        gettext_lazy("Here stands what you agreed with each location, and what came of it."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return self.of_year()

    def table_kwargs(self) -> dict[str, Any]:
        hidden = () if self.actor.may(VIEW_HOURS) else (Counted.HOURS_MADE,)
        return {"told": self.told, "year": self.year, "without": hidden}

    def heading(self, listing: Listing) -> str:
        text = ngettext(
            "Agreed and reached at %(number)s location",
            "Agreed and reached at %(number)s locations",
            listing.total,
        )
        return text % {"number": listing.total} if listing.total else str(self.title)

    def more(self, listing: Listing) -> dict[str, Any]:
        chosen = queries.by_name(listing.filters.qs if listing.filters else self.of_year())
        total = sum_of(self.told[pk] for pk in chosen)
        return {
            "sums": named(total),
            "shows_hours": self.actor.may(VIEW_HOURS),
            "stuck": queries.where_stuck(self.actor, chosen, self.told, self.year),
            "municipalities": queries.municipalities_looked_back(self.actor),
            "for_year": self.year,
            "is_library": True,
            "papers": actions.PAPERS,
        }


class LookBackPaper(_OfLibrary, PostPage):
    """Orders the paper of all locations together; the worker makes it."""

    done = gettext_lazy("We are making it. You find it under Tasks in a moment.")

    def load(self) -> Any:
        self.check()

    def act(self, form: Any) -> Any:
        return actions.order_look_back(year=self.year, format=self.kwargs["format"], by=self.actor)

    def back_url(self) -> str:
        return f"{reverse('activities:look-back')}?jaar={self.year}"


class _OfLevel:
    """A page about the sums of a municipality, board, province or library. `kind` comes with the address."""

    permission = VIEW_LOOK_BACK
    kind = ""
    actor: Any
    kwargs: dict[str, Any]
    year: Any

    @cached_property
    def unit(self) -> Unit:
        try:
            return FIND[self.kind](self.actor, self.kwargs["code"])
        except ObjectDoesNotExist:
            raise Http404 from None

    @cached_property
    def level(self) -> queries.LevelYears:
        return queries.level_years(self.actor, self.unit, self.year)


class LevelLookBack(_OfLevel, ListPage):
    """The sums of a level through the years; no school by name."""

    export_permission = "ui.export"
    template_name = "activities/look_back/level.html"
    table_class = tables.YearsTable
    can_save = False
    per_page = 100
    empty = Empty(
        gettext_lazy("Nothing to look back on"),
        gettext_lazy("As soon as enough locations work with goals and hours, their sums stand here."),
    )

    @property
    def title(self) -> str:  # type: ignore[override]
        return _("Agreed and reached: %(name)s") % {"name": self.unit.name}

    def rows(self, request: HttpRequest) -> list[YearLine]:
        return list(self.level.lines) if self.level.years else []

    def table_kwargs(self) -> dict[str, Any]:
        return {"years": self.level.years, "keep": True}

    def more(self, listing: Listing) -> dict[str, Any]:
        level = self.level
        return {
            "unit": self.unit,
            "level": level,
            "sums": named(level.sums) if level.sums else None,
            "few_makers": level.hidden.get(Counted.HOURS_MADE),
            "shows_hours": True,
            "how": queries.how_counted(level.locations, level.left_out) if level.sums else "",
            "for_year": self.year,
            "is_own": self.unit.pk == self.actor.unit_id,
            "pdf_url": reverse(f"activities:{self.kind}-look-back-pdf", args=[self.unit.code]),
            "word_url": reverse(f"activities:{self.kind}-look-back-word", args=[self.unit.code]),
        }


class _LevelPaper(_OfLevel, Page):
    def file_name(self, ending: str) -> str:
        return file_name(self.unit.name, _("agreed and reached %s") % self.year, today(), ending)


class LevelPdf(_LevelPaper):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return pdf_answer(queries.level_document(self.level), self.file_name("pdf"))


class LevelWord(_LevelPaper):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(to_word(queries.level_document(self.level)), self.file_name("docx"))
