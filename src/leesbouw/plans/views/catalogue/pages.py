"""The catalogue of activities, one of them, and something for today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.numbers import whole_of
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.domain import SCHOOL_YEAR_GROUPS
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location
from leesbouw.ui.pages import Empty, ListPage, Page, Preset
from leesbouw.ui.pages.lists import Listing

from ... import forms, queries, tables
from ...domain import groups_in_words
from ...enums import Audience, FormKind
from ...permissions import EDIT_PLANS, VIEW_CATALOGUE

EVERY = "alle"  # groups, for who has one of her own


class Catalogue(ListPage):
    """All activities as cards; somebody of a school or child care sees what fits there."""

    permission = VIEW_CATALOGUE
    template_name = "plans/catalogue.html"
    page = "plans.catalogue"
    title = _("Activities")
    lead = _("For in the class, at home and in the team. Choose one and see how it goes.")
    table_class = tables.CatalogueTable
    filterset_class = forms.CatalogueFilters
    per_page = 24
    presets = (
        Preset(_("Campaigns"), f"vorm={FormKind.CAMPAIGN}"),
        Preset(_("With parents"), f"voor={Audience.PARENTS}"),
        Preset(_("Our own"), "van=eigen"),
    )
    empty = Empty(_("No activities yet"), _("The activities come with Leesbouw."))

    def rows(self, request: HttpRequest) -> Sequence[queries.ActivityForm]:
        location = queries.own_location(self.actor)
        return queries.forms_for(self.actor, sector=location.sector if location else "")

    def heading(self, listing: Listing) -> str:
        text = ngettext("%(number)s activity", "%(number)s activities", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "may_add": queries.may_add_forms(self.actor),
            "has_group": "bij" in listing.filters.form.fields if listing.filters else False,
        }


class OfForm:
    """A page about the form in the address."""

    permission = VIEW_CATALOGUE
    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def form(self) -> queries.ActivityForm:
        try:
            return queries.form_by_code(self.actor, self.kwargs["code"])
        except LookupError:
            raise Http404 from None

    def back_url(self) -> str:
        return self.form.url


class CatalogueForm(OfForm, Page):
    """One activity on one sheet of paper."""

    template_name = "plans/catalogue_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = self.year
        days = [
            one
            for one in queries.campaigns_between(self.actor, year.starts_on, year.ends_on)
            if one.form.code == self.form.code
        ]
        return super().get_context_data(
            **kwargs,
            one=self.form,
            block_name=queries.block_name(self.form.body.block),
            measures=queries.names_of_measures(self.form.body.measures),
            days=days,
            traits=queries.traits_of(self.form.body),
            for_year=year,
            may_add=queries.may_add_forms(self.actor),
            plan_url=self.plan_url(),
            may_change=queries.may_change_form(self.actor, self.form),
        )

    def plan_url(self) -> str:
        """Where it becomes a line of a year plan: one's own, or one to choose; "" for who writes no plans."""
        location = queries.own_location(self.actor)
        if location is None:
            return reverse("plans:form-plan", args=[self.form.code]) if self.actor.may(EDIT_PLANS) else ""
        if not queries.may_write_plans(self.actor, location, self.year):
            return ""
        return new_line_url(location, self.form, self.year)


def new_line_url(location: Location, form: queries.ActivityForm, year: SchoolYear) -> str:
    """Where a line of the year plan of a location begins with a form of the catalogue."""
    new = reverse("plans:planned-new", args=[location.place, location.code])
    return f"{new}?activiteit={form.code}&jaar={year}"


class PutInPlan(OfForm, Page):
    """In whose year plan, and of which year; the groups are chosen with the line itself."""

    permission = EDIT_PLANS
    template_name = "plans/put_in_plan.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine, others = queries.locations_to_plan(self.actor, self.form)
        years = [SchoolYear.running(), SchoolYear.running().next]
        year = next((one for one in years if str(one) == request.GET.get("jaar")), self.year)
        wish = request.GET.get("eenheid", "")
        for location in (*mine, *others):
            if wish == location.code and queries.may_write_plans(self.actor, location, year):
                return HttpResponseRedirect(new_line_url(location, self.form, year))
        context = {"one": self.form, "mine": mine, "others": others, "years": years, "for_year": year}
        return self.render_to_response(self.get_context_data(**context))


class IdeaToday(Page):
    """One thing to do now: it needs no preparation, and is the same the whole day."""

    permission = VIEW_CATALOGUE
    template_name = "plans/idea_today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        location = queries.own_location(self.actor)
        wished = self.request.GET.get("soort", "")
        sector = location.sector if location else wished if wished in Sector.values else Sector.PO
        allowed = SCHOOL_YEAR_GROUPS[sector]
        group = next((one for one in whole_of([self.request.GET.get("groep", "")]) if one in allowed), None)
        other = next(iter(whole_of([self.request.GET.get("ander", "")])), 0)
        mine = [one for one in queries.my_year_groups(self.actor) if one in allowed]
        of_mine = bool(mine) and not group and self.request.GET.get("groep") != EVERY
        found = queries.quick_forms(self.actor, sector, [group] if group else mine if of_mine else [])
        return super().get_context_data(
            **kwargs,
            one=queries.idea_of_day(found, today(), other),
            groups=allowed,
            group=group,
            mine=groups_in_words(mine),
            of_mine=of_mine,
            wish=group or ("" if of_mine or not mine else EVERY),
            sector=sector,
            sectors=[] if location else [pair for pair in forms.SECTORS if pair[0] != Sector.SBO],
            other=other % len(found) + 1 if found else 1,
            day=today(),
        )
