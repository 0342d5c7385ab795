"""The goals of a location, one of them, and the activities and habits of its year plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.models import Location
from leesbouw.pupils.queries import first_names_in
from leesbouw.rendering.sheets import file_name
from leesbouw.rendering.word import to_word
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..domain import goals_left, horizon
from ..enums import Audience, GoalKind, GoalOrigin, Side
from ..models import Goal, GoalEvaluation
from ..permissions import EDIT_PLANS, VIEW_PLANS
from .base import OfUnit

LONGEST_HORIZON = 3  # years that a goal may be given at once


class OfPlan(OfUnit):
    """A page about the plans of the school or child care in the address."""

    permission = VIEW_PLANS
    unit: Location

    def may_write(self) -> bool:
        return queries.may_write_plans(self.actor, self.unit, self.year)

    def find_names(self, text: str) -> list[str]:
        """First names of children of this location in what somebody writes."""
        return first_names_in(self.actor, self.unit, text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            "unit": self.unit,
            "for_year": self.year,
            "in_year": self.in_year,
            "goals_url": queries.goals_url(self.unit),
            "may_write": self.may_write(),
        }
        return super().get_context_data(**(shown | kwargs))  # type: ignore[misc]


class Goals(OfPlan, Page):
    """What a location wants to reach this year, how it stands, and what came before."""

    template_name = "plans/goals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings = queries.goal_standings(self.actor, self.unit, self.year)
        activities = list(queries.activities_of(self.actor, self.unit, self.year))
        earlier = queries.all_goals(self.actor, self.unit).filter(last_year__lt=self.year)
        return super().get_context_data(
            **kwargs,
            standings=[(one, [row for row in activities if row.goal_id == one.goal.pk]) for one in standings],
            room=queries.goal_rules().goals_a_year,
            left=goals_left(len(standings), queries.goal_rules().goals_a_year),
            earlier=earlier.order_by("-last_year", "-pk"),
            ended=self.may_write() and queries.goals_to_continue(self.actor, self.unit, self.year).count(),
        )


class OfGoal(OfPlan):
    """A page about one goal."""

    @cached_property
    def goal(self) -> Goal:
        try:
            return queries.goal_by_id(self.actor, self.unit, self.kwargs["pk"])
        except Goal.DoesNotExist:
            raise Http404 from None

    @property
    def goal_year(self) -> SchoolYear:
        """The year that is looked at, as far as the goal runs in it."""
        return max(self.goal.first_year, min(self.goal.last_year, self.year))

    def back_url(self) -> str:
        return queries.goal_url(self.goal) + self.in_year

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"goal": self.goal, "goal_url": self.back_url()} | kwargs))


class GoalPage(OfGoal, Page):
    """Where a goal began, where it stands and where it goes; what is done for it, and how it was evaluated."""

    template_name = "plans/goal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (standing,) = queries.standings_of(self.actor, self.unit, [self.goal], self.goal_year)
        activities = queries.activities_of(self.actor, self.unit, self.goal_year)
        return super().get_context_data(
            **kwargs,
            standing=standing,
            goal_year=self.goal_year,
            activities=activities.filter(goal=self.goal.pk),
            evaluations=[
                (told, standing.words(told.result)) for told in queries.evaluations_of(self.actor, self.goal)
            ],
            may_evaluate=self.may_write() and queries.may_write_plans(self.actor, self.unit, self.goal_year),
        )


class _GoalForm(FormPage):
    permission = EDIT_PLANS
    template_name = "plans/goal_form.html"
    form_class = forms.GoalForm
    actor: Any
    unit: Location
    year: SchoolYear
    find_names: Any

    def also(self) -> list[str]:
        """Measures to choose from beside the main ones."""
        return []

    def form_kwargs(self) -> dict[str, Any]:
        rules = queries.goal_rules()
        made = queries.goals_of(self.actor, self.unit, self.year).count()
        return {
            "unit": self.unit,
            "choices": queries.measure_choices(self.actor, self.unit, self.also()),
            "years": [SchoolYear(self.year.first + more) for more in range(LONGEST_HORIZON)],
            "is_full": self.object is None and not goals_left(made, rules.goals_a_year),
            "find_names": self.find_names,
        }


class GoalNew(OfPlan, _GoalForm):
    """A new goal; from what stands out in the Monitor its figure, name and target are filled in."""

    permission = EDIT_PLANS
    title = _("A new goal")
    lead = _("Few goals get attention, many do not. What should be different at the end?")
    submit_label = _("Set this goal")
    done = _("The goal is set.")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    @cached_property
    def proposal(self) -> dict[str, Any]:
        """What the figure in the address proposes: `?cijfer=` names a measure that stood out."""
        code = self.request.GET.get("cijfer", "")
        return queries.proposal_of(self.actor, self.unit, code, self.year) if code else {}

    def also(self) -> list[str]:
        return [self.proposal["measure"]] if self.proposal else []

    def initial(self) -> dict[str, Any]:
        values = {
            "owner": Side.TOGETHER,
            "audience": self.request.GET.get("doelgroep", Audience.CHILDREN),
            "last_year": str(horizon(self.year, queries.measured_every(self.actor, self.unit))),
            "kind": GoalKind.MEASURED,
        }
        return values | self.proposal

    def act(self, form: Any) -> Goal:
        code = self.proposal.get("measure", "")
        found = queries.finding_of(self.actor, self.unit, code) if code else None
        origin = GoalOrigin.FINDING if code else GoalOrigin.OWN
        row = form.goal_row(origin=origin, finding_id=found.pk if found else None)
        return actions.add_goal(unit=self.unit, year=self.year, goal=row, by=self.actor)

    def done_url(self, result: Goal) -> str:
        return f"{queries.goals_url(self.unit)}{result.pk}/{self.in_year}"

    def back_url(self) -> str:
        return queries.goals_url(self.unit) + self.in_year

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_proposed=bool(self.proposal), **kwargs)


class GoalEdit(OfGoal, _GoalForm):
    permission = EDIT_PLANS
    title = _("Word this goal anew")
    done = _("Saved.")

    def load(self) -> Goal:
        found = queries.goal_by_id(self.actor, self.unit, self.goal.pk)
        if not queries.may_write_plans(self.actor, self.unit, self.goal_year):
            raise Http404
        return found

    def initial(self) -> dict[str, Any]:
        return forms.goal_initial(self.object)

    def form_kwargs(self) -> dict[str, Any]:
        kwargs = super().form_kwargs()
        first = self.object.first_year
        last = max(first.first + LONGEST_HORIZON, self.object.last_year.first + 1)
        kwargs["years"] = [SchoolYear(one) for one in range(first.first, last)]
        known = {one.measure.code for one in kwargs["choices"]}
        if self.object.measure and self.object.measure not in known:
            kwargs["choices"] = [*kwargs["choices"], queries.choice_of_goal(self.object)]
        return kwargs

    def act(self, form: Any) -> Goal:
        row = form.goal_row(
            origin=GoalOrigin(self.object.origin),
            finding_id=self.object.finding_id,
            breakdown=self.object.breakdown,
        )
        return actions.change_goal(goal=self.object, change=row, version=form.sent_version, by=self.actor)


class GoalDrop(OfGoal, PostPage):
    permission = EDIT_PLANS
    done = _("The goal is dropped. Its activities stay in the plan.")

    def load(self) -> Goal:
        return self.goal

    def act(self, form: Any) -> Goal:
        return actions.drop_goal(id=self.goal.pk, by=self.actor)

    def done_url(self, result: Any) -> str:
        return queries.goals_url(self.unit) + self.in_year


class GoalsContinue(OfPlan, PostPage):
    permission = EDIT_PLANS
    done = _("The goals go along into this year.")

    def act(self, form: Any) -> list[Goal]:
        return actions.continue_goals(unit=self.unit, year=self.year, by=self.actor)

    def back_url(self) -> str:
        return queries.goals_url(self.unit) + self.in_year


class GoalEvaluate(OfGoal, FormPage):
    """How a goal went this year; the newest figure is stored with it."""

    permission = EDIT_PLANS
    template_name = "plans/evaluate.html"
    form_class = forms.EvaluationForm
    title = _("How did it go with this goal?")
    done = _("The evaluation is saved.")

    def load(self) -> GoalEvaluation:
        if not queries.may_write_plans(self.actor, self.unit, self.goal_year):
            raise Http404
        told = queries.evaluations_of(self.actor, self.goal).filter(year=self.goal_year).first()
        return told or GoalEvaluation(goal=self.goal, unit=self.unit, year=self.goal_year, version=0)

    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.find_names}

    def initial(self) -> dict[str, Any]:
        return {"words": self.object.words, "decision": self.object.decision}

    def act(self, form: Any) -> GoalEvaluation:
        return actions.evaluate_goal(
            goal=self.goal,
            year=self.goal_year,
            evaluation=actions.EvaluationRow(**form.values()),
            version=form.sent_version,
            by=self.actor,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (standing,) = queries.standings_of(self.actor, self.unit, [self.goal], self.goal_year)
        return super().get_context_data(standing=standing, goal_year=self.goal_year, **kwargs)


class LookBackPdf(OfPlan, Page):
    """The year looked back on, for the team, the head and the municipality."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.evaluation_document(self.actor, self.unit, self.year)
        return pdf_answer(document, file_name(self.unit.name, f"terugblik {self.year}", today(), "pdf"))


class LookBackWord(OfPlan, Page):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.evaluation_document(self.actor, self.unit, self.year)
        name = file_name(self.unit.name, f"terugblik {self.year}", today(), "docx")
        return file_answer(to_word(document), name)
