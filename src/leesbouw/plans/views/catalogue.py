"""The catalogue of activities, one of them, the calendar of campaigns, something for today, and what one adds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.numbers import whole_of
from leesbouw.core.time import today
from leesbouw.organisations.domain import SCHOOL_YEAR_GROUPS
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Unit
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import Audience, FormKind, Region
from ..models import OwnForm
from ..permissions import EDIT_CATALOGUE, VIEW_CATALOGUE

ALL = len(Region)


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
        return {"may_add": queries.may_add_forms(self.actor)}


class _OfForm:
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


class CatalogueForm(_OfForm, Page):
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
            for_year=year,
            may_add=queries.may_add_forms(self.actor),
            plan_url=self.plan_url(),
            may_change=queries.may_change_form(self.actor, self.form),
        )

    def plan_url(self) -> str:
        """Where it becomes a line of one's own year plan; "" for who writes no plan of one location."""
        location = queries.own_location(self.actor)
        if location is None or not queries.may_write_plans(self.actor, location, self.year):
            return ""
        new = reverse("plans:planned-new", args=[location.place, location.code])
        return f"{new}?activiteit={self.form.code}&jaar={self.year}"


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
        found = queries.quick_forms(self.actor, sector, [group] if group else [])
        return super().get_context_data(
            **kwargs,
            one=queries.idea_of_day(found, today(), other),
            groups=allowed,
            group=group,
            sector=sector,
            sectors=[] if location else [pair for pair in forms.SECTORS if pair[0] != Sector.SBO],
            other=other % len(found) + 1 if found else 1,
            day=today(),
        )


class Calendar(Page):
    """The campaigns of a school year by month, with the school holidays."""

    permission = VIEW_CATALOGUE
    template_name = "plans/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wish = forms.RegionForm(self.request.GET)
        region = wish.cleaned_data["regio"] if wish.is_valid() else ""
        months = [_month_after(self.year.starts_on, number) for number in range(12)]
        location = queries.own_location(self.actor)
        campaigns = [
            one
            for one in queries.campaigns_between(self.actor, self.year.starts_on, self.year.ends_on)
            if location is None or location.sector in one.form.body.sectors
        ]
        holidays = queries.holidays_between(region, self.year.starts_on, self.year.ends_on)
        return super().get_context_data(
            **kwargs,
            for_year=self.year,
            region_form=wish,
            region=region,
            months=[
                (
                    first,
                    [one for one in campaigns if one.starts_on <= last and one.ends_on >= first],
                    _at_once(
                        [one for one in holidays if one.starts_on <= last and one.ends_on >= first],
                        every=not region,
                    ),
                )
                for first, last in months
            ],
            knows_holidays=bool(holidays),
        )


def _month_after(first: date, number: int) -> tuple[date, date]:
    """The first and last day of the month that lies so many months later."""
    year, month = divmod(first.month - 1 + number, 12)
    begin = date(first.year + year, month + 1, 1)
    return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _at_once(holidays: Sequence[queries.Holiday], *, every: bool) -> list[tuple[queries.Holiday, str]]:
    """Each holiday once, with the regions that have it on these days; without those where all have, or one was chosen."""
    regions: dict[tuple[str, date, date], list[queries.Holiday]] = {}
    for one in holidays:
        regions.setdefault((one.name, one.starts_on, one.ends_on), []).append(one)
    return [
        (
            same[0],
            ", ".join(str(one.region.label).lower() for one in same) if every and len(same) < ALL else "",
        )
        for same in regions.values()
    ]


class _OwnForm(FormPage):
    permission = EDIT_CATALOGUE
    form_class = forms.OwnFormForm

    def load(self) -> Any:
        if not queries.may_add_forms(self.actor):
            raise Http404
        return None

    @property
    def own_unit(self) -> Unit:
        return Unit.objects.get(pk=self.actor.unit_id)

    def back_url(self) -> str:
        return reverse("plans:catalogue")

    def done_url(self, result: OwnForm) -> str:
        return reverse("plans:form", args=[f"{queries.OWN}{result.pk}"])


class OwnNew(_OwnForm):
    title = _("Add an activity of your own")
    lead = _("What your library adds, your schools see too. What a school adds, its library sees.")
    done = _("The activity is added.")

    def initial(self) -> dict[str, Any]:
        location = queries.own_location(self.actor)
        sectors = [location.sector] if location else []
        return {
            "kind": FormKind.FORM,
            "audience": [Audience.CHILDREN],
            "minutes": 30,
            "preparation": 0,
            "times": 1,
            "block": "activities",
            "sectors": sectors,
        }

    def act(self, form: Any) -> OwnForm:
        return actions.add_own_form(unit=self.own_unit, body=form.body(None), by=self.actor)


class OwnVersion(_OfForm, _OwnForm):
    """An own version of a form: it begins with that, and both stay."""

    permission = EDIT_CATALOGUE
    title = _("Make your own version")
    lead = _("Change what is different with you. The one you began with stays as well.")
    done = _("Your own version is kept.")

    def initial(self) -> dict[str, Any]:
        return forms.own_form_initial(self.form.body)

    def act(self, form: Any) -> OwnForm:
        return actions.add_own_form(
            unit=self.own_unit, body=form.body(self.form.body), based_on=self.form.code, by=self.actor
        )


class OwnEdit(_OfForm, _OwnForm):
    permission = EDIT_CATALOGUE
    title = _("Change this activity")

    def load(self) -> OwnForm:
        found = queries.form_by_code(self.actor, self.form.code)
        if found.own is None or not queries.may_change_form(self.actor, found):
            raise Http404
        return found.own

    def initial(self) -> dict[str, Any]:
        return forms.own_form_initial(queries.FormBody.model_validate(self.object.body))

    def act(self, form: Any) -> OwnForm:
        body = form.body(self.form.body)
        return actions.change_own_form(own=self.object, body=body, version=form.sent_version, by=self.actor)


class OwnArchive(_OfForm, PostPage):
    permission = EDIT_CATALOGUE
    done = _("The activity is out of the catalogue. Plans that name it keep it.")

    def load(self) -> OwnForm:
        if self.form.own is None or not queries.may_change_form(self.actor, self.form):
            raise Http404
        return self.form.own

    def act(self, form: Any) -> OwnForm:
        return actions.archive_own_form(own=self.object, by=self.actor)

    def done_url(self, result: OwnForm) -> str:
        return reverse("plans:catalogue")


class CampaignDays(_OfForm, FormPage):
    """When one's own library or school holds a campaign this school year."""

    permission = EDIT_CATALOGUE
    form_class = forms.DaysForm
    title = _("When do you hold this campaign?")
    done = _("Saved.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        return self.form.name

    def load(self) -> Any:
        if self.form.body.kind != FormKind.CAMPAIGN or not queries.may_add_forms(self.actor):
            raise Http404
        return queries.own_dates(self.actor, self.form.code, self.year)

    def initial(self) -> dict[str, Any]:
        if self.object is None:
            return {}
        return {"starts_on": self.object.starts_on, "ends_on": self.object.ends_on}

    def act(self, form: Any) -> Any:
        return actions.set_campaign_dates(
            unit=Unit.objects.get(pk=self.actor.unit_id),
            form=self.form.code,
            year=self.year,
            by=self.actor,
            **form.values(),
        )

    def back_url(self) -> str:
        return self.form.url
