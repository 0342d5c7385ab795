"""Colleagues: the list, one person, and where she works."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..models import ConsultantAssignment, StaffMember
from ..permissions import ASSIGN, EDIT_STAFF, VIEW_CONTACTS, VIEW_STAFF
from .base import OfStaff

PARTNERSHIP_PARAM, STAFF_PARAM = "samenwerking", "medewerker"


class StaffList(ListPage):
    """Who works at the library, or who of the library comes to this location."""

    template_name = "people/list.html"
    permission = VIEW_STAFF
    export_permission = "ui.export"
    page = "people.staff"
    title = _("Colleagues")
    export_name = _("colleagues")
    table_class = tables.StaffTable
    filterset_class = forms.StaffFilters

    def rows(self, request: HttpRequest) -> QuerySet[StaffMember]:
        return queries.staff_for(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"assigned": queries.locations_by_staff(self.actor)}

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("No colleagues yet"),
            _("Add who works with schools and child care, so that you see who goes where."),
            reverse("people:staff-new") if self.actor.may(EDIT_STAFF) else "",
            _("Add the first colleague"),
        )

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s colleague", "%(number)s colleagues", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "sub": "staff",
            "add_url": reverse("people:staff-new") if self.actor.may(EDIT_STAFF) else "",
            "add_label": _now("Add a colleague"),
            "may_staff": True,
            "may_contacts": self.actor.may(VIEW_CONTACTS),
        }


class StaffDetail(OfStaff, Page):
    template_name = "people/staff.html"
    permission = VIEW_STAFF

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        staff = self.load()
        return super().get_context_data(
            **kwargs,
            page=queries.staff_page(self.actor, staff),
            staff=staff,
            functions=[queries.staff_function_label(code) for code in staff.functions],
            may_edit=self.actor.may(EDIT_STAFF),
            may_assign=self.actor.may(ASSIGN),
        )


class StaffNew(FormPage):
    permission = EDIT_STAFF
    template_name = "people/form.html"
    form_class = forms.StaffForm
    title = _("Add a colleague")
    submit_label = _("Add")
    done = _("The colleague is added.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"branches": queries.branches_for(self.actor)}

    def act(self, form: Any) -> StaffMember:
        library_id = queries.library_id_for(self.actor, 0)
        if library_id is None:
            raise Http404
        return actions.save_staff([actions.StaffRow(library_id=library_id, **form.values())], by=self.actor)[
            0
        ]

    def done_url(self, result: StaffMember) -> str:
        return reverse("people:staff-detail", args=[result.pk])

    def back_url(self) -> str:
        return reverse("people:staff-list")


class StaffEdit(OfStaff, StaffNew):
    title = _("Change this colleague")
    submit_label = _("Save")
    done = _("Saved.")

    def initial(self) -> dict[str, Any]:
        names = ("name", "functions", "education_level", "branch_id", "email", "phone", "starts_on")
        return {name: getattr(self.object, name) for name in names}

    def act(self, form: Any) -> StaffMember:
        row = actions.StaffRow(
            library_id=self.object.library_id, id=self.object.pk, version=form.sent_version, **form.values()
        )
        return actions.save_staff([row], by=self.actor)[0]

    def back_url(self) -> str:
        return reverse("people:staff-detail", args=[self.kwargs["pk"]])


class StaffLeft(OfStaff, FormPage):
    """Her last day; what she did at locations ends with it."""

    permission = EDIT_STAFF
    template_name = "people/form.html"
    form_class = forms.EndForm
    title = _("This colleague leaves")
    lead = _("Her locations and the people she talks to end on the same day. What she did stays on record.")
    submit_label = _("Save her last day")
    done = _("Her last day is noted.")

    def act(self, form: Any) -> StaffMember:
        return actions.end_staff(staff=self.object, ends_on=form.cleaned_data["ends_on"], by=self.actor)

    def back_url(self) -> str:
        return reverse("people:staff-detail", args=[self.kwargs["pk"]])


class Assign(FormPage):
    """Who works at a location; from the page of a location or of a colleague that one is filled in."""

    permission = ASSIGN
    template_name = "people/form.html"
    form_class = forms.AssignForm
    title = _("Who works at which location?")
    submit_label = _("Save")
    done = _("Noted who works there.")

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "partnerships": queries.partnerships_to_choose(self.actor),
            "staff": list(queries.staff_today(self.actor)),
        }

    def initial(self) -> dict[str, Any]:
        asked = {"partnership": PARTNERSHIP_PARAM, "staff": STAFF_PARAM}
        return {name: self.request.GET[param] for name, param in asked.items() if param in self.request.GET}

    def act(self, form: Any) -> ConsultantAssignment:
        values = form.values()
        row = actions.AssignmentRow(
            partnership_id=values.pop("partnership"), staff_id=values.pop("staff"), **values
        )
        return actions.assign_consultant(row, by=self.actor)

    def done_url(self, result: ConsultantAssignment) -> str:
        return super().done_url(result) if self.has_next() else self.staff_url(result)

    def has_next(self) -> bool:
        return bool(self.request.POST.get("next") or self.request.GET.get("next"))

    def staff_url(self, result: ConsultantAssignment) -> str:
        return reverse("people:staff-detail", args=[result.staff_id])

    def back_url(self) -> str:
        return reverse("people:staff-list")


class EndAssignment(PostPage):
    permission = ASSIGN
    done = _("Today is her last day at this location.")

    def load(self) -> ConsultantAssignment:
        found = queries.assignment_by_id(self.actor, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def act(self, form: Any) -> ConsultantAssignment:
        return actions.end_assignment(assignment=self.object, by=self.actor)

    def back_url(self) -> str:
        return reverse("people:staff-detail", args=[self.object.staff_id])
