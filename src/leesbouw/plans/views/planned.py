"""The activities of a year plan, and what its groups do every week."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import groups_of
from leesbouw.people.queries import contacts_at, staff_today
from leesbouw.ui.pages import FormPage, PostPage

from .. import actions, forms, queries
from ..enums import Audience, PlanKind, Side
from ..models import PlannedActivity
from ..permissions import EDIT_PLANS
from .goals import OfPlan


class _PlannedForm(FormPage):
    permission = EDIT_PLANS
    template_name = "plans/planned_form.html"
    form_class = forms.PlannedForm
    actor: Any
    unit: Location
    year: SchoolYear
    find_names: Any

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "goals": list(queries.goals_of(self.actor, self.unit, self.year)),
            "staff": list(staff_today(self.actor)),
            "contacts": contacts_at(self.actor, self.unit.pk),
            "classes": list(groups_of(self.actor, self.unit, self.year)),
            "is_new": self.object is None,
            "find_names": self.find_names,
        }

    def back_url(self) -> str:
        return queries.plan_url(self.unit, PlanKind.YEAR, self.year)


class PlannedNew(OfPlan, _PlannedForm):
    """A new line of the year plan; `?doel=` says for which goal, `?doelgroep=` for whom, `?groep=` for which year group,
    `?leerdoel=` for which learning goal, `?activiteit=` which form of the catalogue it begins with."""

    permission = EDIT_PLANS
    title = _("A new activity")
    submit_label = _("Put it in the year plan")
    done = _("The activity stands in the year plan.")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    @cached_property
    def catalogue_form(self) -> queries.ActivityForm | None:
        try:
            return queries.form_by_code(self.actor, self.request.GET.get("activiteit", ""))
        except LookupError:
            return None

    def initial(self) -> dict[str, Any]:
        asked, chosen = self.request.GET, self.catalogue_form
        begin = forms.planned_from_catalogue(chosen.body) if chosen else {}
        if "groep" in asked:
            begin["groups"] = asked.getlist("groep")
        based_on = chosen.own.based_on if chosen and chosen.own else ""
        served = queries.learning_of_form(self.unit.sector, chosen.code if chosen else "", based_on)
        return {
            "goal": asked.get("doel", ""),
            "side": Side.TOGETHER,
            "audience": asked.get("doelgroep", Audience.CHILDREN),
            "learning": [*served, *asked.getlist("leerdoel")],
        } | begin

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What of the catalogue serves the learning goal that somebody came for, each a press away."""
        wish = queries.learning_goals(self.unit.sector).get(self.request.GET.get("leerdoel", ""))
        ideas = []
        if wish and not self.catalogue_form:
            groups = [int(one) for one in self.request.GET.getlist("groep") if one.isdecimal()]
            found = queries.forms_for(self.actor, sector=self.unit.sector, year_groups=groups)
            for one in found:
                if one.code in wish.forms or (one.own and one.own.based_on in wish.forms):
                    query = self.request.GET.copy()
                    query["activiteit"] = one.code
                    ideas.append((one, f"?{query.urlencode()}"))
        return super().get_context_data(wish=wish, ideas=ideas, **kwargs)

    def act(self, form: Any) -> PlannedActivity:
        code = self.catalogue_form.code if self.catalogue_form else ""
        row = form.activity_row(code)
        return actions.add_activity(unit=self.unit, year=self.year, row=row, by=self.actor)


class OfPlanned(OfPlan):
    """A page about one activity of the year plan."""

    @cached_property
    def activity(self) -> PlannedActivity:
        try:
            found = queries.activity_by_id(self.actor, self.unit, self.kwargs["pk"])
        except PlannedActivity.DoesNotExist:
            raise Http404 from None
        if not queries.may_write_plans(self.actor, self.unit, found.year):
            raise Http404
        return found

    def back_url(self) -> str:
        return queries.plan_url(self.unit, PlanKind.YEAR, self.activity.year)


class PlannedEdit(OfPlanned, _PlannedForm):
    permission = EDIT_PLANS
    title = _("Change this activity")
    done = _("Saved.")

    def load(self) -> PlannedActivity:
        self.__dict__.pop("activity", None)  # read anew inside the write
        return self.activity

    def initial(self) -> dict[str, Any]:
        begun = queries.begun_with(self.actor) if self.object.form else {}
        served = queries.learning_of(self.object, self.unit.sector, begun)
        return forms.planned_initial(self.object, served)

    def form_kwargs(self) -> dict[str, Any]:
        goals = list(queries.goals_of(self.actor, self.unit, self.object.year))
        classes = list(groups_of(self.actor, self.unit, self.object.year))
        kept = super().form_kwargs()
        gone = queries.doers_gone(self.actor, self.object, kept["staff"], kept["contacts"])
        return kept | {"goals": goals, "classes": classes} | gone

    def act(self, form: Any) -> PlannedActivity:
        return actions.change_activity(
            activity=self.object,
            change=form.activity_row(self.object.form),
            version=form.sent_version,
            by=self.actor,
        )


class PlannedDone(OfPlanned, PostPage):
    permission = EDIT_PLANS
    done = _("Done. Write down how it went when you have a minute.")

    def load(self) -> PlannedActivity:
        return self.activity

    def act(self, form: Any) -> PlannedActivity:
        return actions.finish_activity(activity=self.activity, by=self.actor)


class PlannedOpen(OfPlanned, PostPage):
    permission = EDIT_PLANS
    done = _("The activity is open again.")

    def load(self) -> PlannedActivity:
        return self.activity

    def act(self, form: Any) -> PlannedActivity:
        return actions.reopen_activity(id=self.activity.pk, by=self.actor)


class PlannedDrop(OfPlanned, PostPage):
    permission = EDIT_PLANS
    done = _("The activity is out of the year plan.")

    def load(self) -> PlannedActivity:
        return self.activity

    def act(self, form: Any) -> list[PlannedActivity]:
        return actions.drop_activities(ids=[self.activity.pk], by=self.actor)


class StructuralEdit(OfPlan, FormPage):
    """What each group does every week, in minutes: agreed and real."""

    permission = EDIT_PLANS
    template_name = "plans/structural.html"
    form_class = forms.StructuralForm
    title = _("What happens every week?")
    lead = _("Minutes a week in each group. Leave a box empty when you do not know.")
    done = _("Saved.")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        return {"rows": queries.structural_of(self.actor, self.unit, self.year)}

    def act(self, form: Any) -> Any:
        return actions.set_structural(unit=self.unit, year=self.year, minutes=form.minutes(), by=self.actor)

    def back_url(self) -> str:
        return queries.plan_url(self.unit, PlanKind.YEAR, self.year)
