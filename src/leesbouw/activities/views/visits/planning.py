"""A visit that is planned, changed or moved."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import staff_today, unit_by_wish
from leesbouw.pupils.queries import first_names_in
from leesbouw.ui.pages import FormPage, PostPage

from ... import actions, forms, queries
from ...models import Visit
from ...permissions import EDIT_VISITS
from .base import OfOpenVisit, OfVisit, may_edit, times_of

UNIT_PARAM, DAY_PARAM, ACTIVITY_PARAM = "eenheid", "dag", "activiteit"

USUAL_START, USUAL_LENGTH = time(9), timedelta(hours=1)


class _VisitForm(FormPage):
    permission = EDIT_VISITS
    template_name = "activities/visit_form.html"
    form_class = forms.VisitForm
    unit: Unit

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "activities": queries.activities_to_choose(self.actor, self.unit),
            "staff": queries.who_can_go(self.actor, self.object),
            "groups": queries.groups_at(self.unit.as_location),
            "classes": queries.classes_at(self.actor, self.unit.as_location, self.on_day()),
            "find_names": lambda text: first_names_in(self.actor, self.unit.as_location, text),
        }

    def on_day(self) -> date:
        """A day in the school year of the visit."""
        return self.object.day if self.object else _day(self.request.GET.get(DAY_PARAM, ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, **kwargs)


class Plan(_VisitForm):
    """Where, and then when and what."""

    title = _("Plan a visit")
    submit_label = _("Plan this visit")
    done = _("The visit is planned.")

    def load(self) -> None:
        if not may_edit(self.actor):
            raise Http404
        try:
            self.unit = unit_by_wish(self.actor, self.request.GET.get(UNIT_PARAM))
        except Unit.DoesNotExist:
            raise Http404 from None
        if self.unit.kind != UnitKind.LOCATION:
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_edit(self.actor) and not request.GET.get(UNIT_PARAM):
            mine, others = queries.locations_to_visit(self.actor)
            context = {
                "title": self.title,
                "mine": mine,
                "others": others,
                "day": request.GET.get(DAY_PARAM, ""),
                "template": "activities/choose_location.html",
            }
            return self.render_to_response(context)
        return super().get(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        me = queries.me_as_staff(self.actor)
        return {
            "day": _day(self.request.GET.get(DAY_PARAM, "")),
            "begins": USUAL_START,
            "ends": (datetime.combine(today(), USUAL_START) + USUAL_LENGTH).time(),
            "staff": me.pk if me else None,
            "activity": self.request.GET.get(ACTIVITY_PARAM, ""),
            "audience": "children",
            "part": "present",
        }

    def act(self, form: Any) -> Visit:
        return actions.plan_visit(actions.VisitRow(unit_id=self.unit.pk, **form.row()), by=self.actor)

    def done_url(self, result: Visit) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return reverse("activities:week")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()


class Change(OfOpenVisit, _VisitForm):
    title = _("Change this visit")

    def load(self) -> Visit:
        visit = super().load()
        self.unit = visit.unit
        return visit

    def initial(self) -> dict[str, Any]:
        visit = self.object
        names = ("what", "groups", "audience", "part", "take")
        return times_of(visit) | {
            **{name: getattr(visit, name) for name in names},
            "activity": visit.activity_id,
            "classes": [one.pk for one in visit.classes.all()],
            "staff": visit.staff_id,
        }

    def act(self, form: Any) -> Visit:
        row = actions.VisitRow(unit_id=self.unit.pk, **form.row())
        return actions.change_visit(visit=self.object, row=row, version=form.sent_version, by=self.actor)


class _SmallForm(OfOpenVisit, FormPage):
    permission = EDIT_VISITS
    template_name = "activities/form.html"


class Move(_SmallForm):
    """Only the day and the hours; the message brings it back."""

    form_class = forms.TimesForm
    title = _("Move this visit")
    submit_label = pgettext_lazy("visit", "Move")
    done = _("The visit is moved.")

    def initial(self) -> dict[str, Any]:
        return times_of(self.object)

    def act(self, form: Any) -> Visit:
        return actions.move_visit(visit=self.object, version=form.sent_version, by=self.actor, **form.times())


class Cancel(_SmallForm):
    form_class = forms.CancelForm
    title = _("Cancel this visit")
    submit_label = _("Cancel this visit")
    done = _("The visit is cancelled.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.find_names}

    def act(self, form: Any) -> Visit:
        reason = form.cleaned_data["reason"]
        return actions.cancel_visit(
            visit=self.object, reason=reason, version=form.sent_version, by=self.actor
        )


class Reopen(OfVisit, PostPage):
    permission = EDIT_VISITS
    done = _("The visit goes on after all.")

    def act(self, form: Any) -> Visit:
        return actions.reopen_visit(visit_id=self.object.pk, by=self.actor)


class TakeOver(_SmallForm):
    """Going in the place of a colleague, or asking another to."""

    form_class = forms.TakeoverForm
    title = _("Take over this visit")
    submit_label = _("Take over")
    done = _("The visit is taken over.")

    def form_kwargs(self) -> dict[str, Any]:
        others = staff_today(self.actor).exclude(pk=self.object.staff_id)
        return {"staff": list(others), "find_names": self.find_names}

    def initial(self) -> dict[str, Any]:
        me = queries.me_as_staff(self.actor)
        return {"staff": me.pk if me and me.pk != self.object.staff_id else None}

    def act(self, form: Any) -> Visit:
        staff = staff_today(self.actor).get(pk=form.cleaned_data["staff"])
        why = form.cleaned_data["why"]
        return actions.take_over_visit(
            visit=self.object, staff=staff, why=why, version=form.sent_version, by=self.actor
        )
