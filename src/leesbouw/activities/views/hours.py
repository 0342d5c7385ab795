"""Hours of a person in a school year."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location
from leesbouw.people.models import StaffMember
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..enums import TeachersPart
from ..models import HoursEntry
from ..permissions import EDIT_VISITS, VIEW_HOURS, VIEW_VISITS


class Hours(FormPage):
    """What was agreed, planned and worked; one adds work that was no visit. Others' hours are only read."""

    template_name = "activities/hours.html"
    permission = VIEW_VISITS
    form_class = forms.HoursForm
    title = _("My hours")
    submit_label = _("Add")
    done = _("The hours are added.")

    def load(self) -> None:
        if self.actor.unit_kind == UnitKind.LOCATION:
            raise Http404
        try:
            self.staff = queries.staff_for_hours(self.actor, self.request.GET.get("wie", ""))
        except StaffMember.DoesNotExist:
            raise Http404 from None
        if self.staff is None:
            raise Http404
        me = queries.me_as_staff(self.actor)
        self.is_mine = me is not None and me.pk == self.staff.pk and self.actor.may(EDIT_VISITS)

    def form_kwargs(self) -> dict[str, Any]:
        return {"own": queries.locations_to_visit(self.actor)[0]}

    def initial(self) -> dict[str, Any]:
        return {"worked_on": today()}

    def act(self, form: Any) -> HoursEntry:
        if not self.is_mine:
            raise Http404
        row = actions.HoursRow(self.staff.pk, self.staff.library_id, **form.row())
        return actions.add_hours([row], by=self.actor)[0]

    def back_url(self) -> str:
        return reverse("activities:hours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=queries.hours_of(self.actor, self.staff, self.year),
            colleagues=queries.colleagues_with_hours(self.actor),
            is_mine=self.is_mine,
            sees_all=self.actor.may(VIEW_HOURS),
            running=SchoolYear.running(),
            **kwargs,
        )


class Drop(PostPage):
    """One press; the message brings it back."""

    permission = EDIT_VISITS
    done = _("The hours are gone.")

    def load(self) -> None:
        return None

    def act(self, form: Any) -> None:
        actions.drop_hours(ids=[self.kwargs["pk"]], by=self.actor)

    def back_url(self) -> str:
        return reverse("activities:hours")


class AtLocation(Page):
    """Hours and visits of everybody at one location, by goal, and how much rests on the consultant."""

    template_name = "activities/location_hours.html"
    permission = VIEW_VISITS

    @cached_property
    def unit(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            unit=self.unit,
            page=queries.location_hours(self.actor, self.unit, self.year),
            side_url=reverse("plans:own-side", args=[self.unit.place, self.unit.code])
            + ("" if self.year == SchoolYear.running() else f"?jaar={self.year}"),
            parts=[part.label for part in TeachersPart],
            for_year=self.year,
            **kwargs,
        )
