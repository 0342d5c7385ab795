"""The pages of the national researcher: lists, measures and datasets. Nothing on them is about one school."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import SchoolYear
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage

from .. import actions, forms, queries, tables
from ..permissions import RESEARCH
from .base import InItsWords


class OfResearch:
    permission = RESEARCH
    export_permission = "ui.export"
    actor: Any


class Lists(OfResearch, ListPage):
    """Every list in every version."""

    template_name = "monitor/research/lists.html"
    page = "monitor.research-lists"
    title = _("Lists of the Monitor")
    lead = _("A version that was asked once never changes. What differs is a new version.")
    export_name = _("lists of the Monitor")
    table_class = tables.ListTable

    def rows(self, request: HttpRequest) -> list[queries.ListVersion]:
        return queries.list_versions(self.actor)


class OfList(InItsWords, OfResearch):
    """A page about one version of a list."""

    kwargs: dict[str, Any]

    @cached_property
    def one(self) -> queries.Questionnaire:
        try:
            found = queries.list_version(self.kwargs["code"], self.kwargs["number"])
        except LookupError:
            raise Http404 from None
        queries.speak(found.body.sector)
        return found


class Codebook(OfList, ListPage):
    """The columns of a list, and what its numbers mean."""

    template_name = "monitor/research/codebook.html"
    page = "monitor.codebook"
    export_name = _("codebook")
    table_class = tables.CodebookTable
    can_save = False

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{self.one.title} ({self.one.key})"

    def rows(self, request: HttpRequest) -> list[queries.CodebookRow]:
        return queries.codebook_rows(self.one)

    def more(self, listing: Any) -> dict[str, Any]:
        others = [one for one in queries.versions_of(self.one.code) if one.version != self.one.version]
        return {"one": self.one, "others": others, "whose": queries.kind_words(self.one)}


class ListFile(OfList, Page):
    """The list itself as JSON, as it may be added again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return file_answer(queries.as_json(self.one), f"{self.one.code}-{self.one.version}.json")


class AddList(OfResearch, FormPage):
    """A version of one's own, from a file; after that what differs from the newest before it."""

    form_class = forms.ListForm
    title = _("Add a version of a list")
    lead = _("Rounds that open from now on use it. Rounds that run do not.")
    submit_label = _("Add this version")
    done = _("The version is added. This is what differs.")

    def act(self, form: Any) -> queries.Questionnaire:
        file = form.cleaned_data["file"]
        return actions.add_questionnaire(
            code=form.cleaned_data["code"], raw=file.read(), origin=file.name[:120], by=self.actor
        )

    def done_url(self, result: queries.Questionnaire) -> str:
        before = queries.versions_of(result.code)[1]
        return reverse("monitor:list-differences", args=[result.code, result.version, before.version])

    def back_url(self) -> str:
        return reverse("monitor:research-lists")


class Differences(OfList, Page):
    """This version beside another one, item by item."""

    template_name = "monitor/research/differences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            before = queries.list_version(self.one.code, self.kwargs["other"])
        except LookupError:
            raise Http404 from None
        before, after = sorted((before, self.one), key=lambda one: one.version)
        return super().get_context_data(
            **kwargs, before=before, after=after, changes=queries.changed_items(before, after)
        )


class Measures(OfResearch, ListPage):
    """What is counted, of whom and how."""

    template_name = "monitor/research/below.html"
    page = "monitor.measures"
    title = pgettext_lazy("monitor", "Measures")
    lead = _(
        "What every figure counts. Who skipped the question, was not asked it or chose an answer that does not"
        " count, is not in the base."
    )
    export_name = _("measures of the Monitor")
    table_class = tables.MeasureTable
    filterset_class = forms.MeasureFilters

    def rows(self, request: HttpRequest) -> list[queries.MeasureLine]:
        return queries.measure_lines(self.actor)


class Datasets(OfResearch, ListPage):
    """Of which years there are answers."""

    template_name = "monitor/research/below.html"
    page = "monitor.datasets"
    title = _("Datasets")
    lead = _("A year is here once all its locations have closed. Answers are kept for two years.")
    export_name = _("datasets of the Monitor")
    table_class = tables.DatasetTable
    empty = Empty(
        _("No answers yet"), _("As soon as all schools of a year have closed, you find their answers here.")
    )

    def rows(self, request: HttpRequest) -> list[queries.Dataset]:
        return queries.datasets(self.actor)


class OfDataset(InItsWords, OfResearch):
    """A page about the answers to one list in one year."""

    kwargs: dict[str, Any]

    def load(self) -> queries.Dataset:
        try:
            year = SchoolYear.parse(self.kwargs["year"])
            found = queries.dataset_of(self.actor, self.kwargs["code"], self.kwargs["number"], year)
        except (LookupError, ValueError):
            raise Http404 from None
        queries.speak(found.one.body.sector)
        return found

    def back_url(self) -> str:
        return reverse("monitor:dataset", kwargs={k: self.kwargs[k] for k in ("code", "number", "year")})


class DatasetPage(OfDataset, Page):
    """What is in it, what is left out, and the ways in which it leaves."""

    template_name = "monitor/research/dataset.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        return super().get_context_data(
            **kwargs,
            dataset=one,
            formats=actions.DATASETS,
            fewest=queries.fewest_in_dataset(one.one),
            whose=queries.kind_words(one.one),
        )


class DatasetFile(OfDataset, PostPage):
    """Orders the file; the worker makes it."""

    done = _("We are making it. You find it under Tasks in a moment.")

    def act(self, form: Any) -> Any:
        one = self.load()
        return actions.order_dataset(
            code=one.one.key, year=one.year, format=self.kwargs["format"], by=self.actor
        )
