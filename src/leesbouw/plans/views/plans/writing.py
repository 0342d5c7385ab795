"""Writing in a plan, sending it, agreeing with it and talking about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence, Stale
from leesbouw.ui.pages import FormPage, PostPage

from ... import actions, forms, queries
from ...enums import PlanKind
from ...models import Plan, PlanComment, PlanField, PlanVersion
from ...permissions import APPROVE_PLANS, EDIT_PLANS, VIEW_PLANS
from ..goals import OfPlan
from .base import OfOnePlan

AUTOSAVE = "autosave"  # how the page itself says that it saves while somebody writes
NAMES = 422  # what it hears when the first name of a child stands in what was written


class SectionWrite(OfOnePlan, FormPage):
    """Writes one section: while somebody types (answered with the new version), or with the button."""

    permission = EDIT_PLANS
    http_method_names = ["get", "head", "post", "options"]
    form_class = forms.SectionForm
    template_name = "plans/section_form.html"
    done = _("Saved.")

    @cached_property
    def section(self) -> queries.Section:
        for one in self.view.texts:
            if one.section.code == self.kwargs["section"] and one.section.shows == "text":
                return one.section
        raise Http404

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.section.title

    @property
    def lead(self) -> str:  # type: ignore[override]
        return self.section.ask

    def load(self) -> PlanField:
        if not self.may_write() or not self.section:
            raise Http404
        self.__dict__.pop("view", None)  # read anew inside the write
        for one in self.view.texts:
            if one.section.code == self.section.code and one.row is not None:
                return one.row
        return PlanField(code=self.section.code, version=0)

    def initial(self) -> dict[str, Any]:
        return {"text": self.object.text}

    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.new_names}

    def changed_by(self) -> tuple[datetime | None, str]:
        """A section says itself who wrote last."""
        row: PlanField = self.object
        return (row.changed_at, row.changed_by) if row.pk else (None, "")

    def new_names(self, text: str) -> list[str]:
        """Names that somebody writes now; what stood there was asked about before."""
        found = self.find_names(text)
        known = self.find_names(self.object.text) if found and self.object.text else []
        return [name for name in found if name not in known]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Requested-With") != AUTOSAVE:
            return super().post(request, *args, **kwargs)
        self.object = self.load()
        form: Any = self.make_form(request.POST)
        if not form.is_valid():
            return JsonResponse({"names": form.names}, status=NAMES if form.names else 409)
        try:
            return JsonResponse({"version": self.act(form).version})
        except (Stale, Sentence):
            return JsonResponse({}, status=409)

    def act(self, form: Any) -> PlanField:
        begun = self.view.plan or actions.begin_plan(
            unit=self.unit, kind=self.kind, year=self.year, by=self.actor
        )
        return actions.write_plan(
            plan=begun,
            year=self.year,
            code=self.section.code,
            text=form.cleaned_data["text"],
            version=form.sent_version,
            by=self.actor,
        )

    def done_url(self, result: PlanField) -> str:
        return f"{self.here}#deel-{self.section.code}"


class PlanMoney(OfOnePlan, FormPage):
    """What there is for the extra costs; more than that is told with the plan."""

    permission = EDIT_PLANS
    form_class = forms.MoneyForm
    template_name = "plans/section_form.html"
    title = _("Money for this plan")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    def initial(self) -> dict[str, Any]:
        return {"money_cents": self.view.plan.money_cents if self.view.plan else None}

    def act(self, form: Any) -> Plan:
        begun = self.view.plan or actions.begin_plan(
            unit=self.unit, kind=self.kind, year=self.year, by=self.actor
        )
        cents = form.cleaned_data["money_cents"]
        return actions.set_money(plan=begun, year=self.year, cents=cents, by=self.actor)

    def done_url(self, result: Plan) -> str:
        return f"{self.here}#deel-effort"


class PlanBegin(OfOnePlan, PostPage):
    """Begins a plan with the texts of the one before it."""

    permission = EDIT_PLANS
    done = _("The plan of last time stands here. Change what is different now.")

    def act(self, form: Any) -> Plan:
        return actions.begin_plan(
            unit=self.unit, kind=self.kind, year=self.year, by=self.actor, copy_texts=True
        )


class PlanSend(OfOnePlan, PostPage):
    permission = EDIT_PLANS
    done = _("The team finds this plan among what there is to do, and can say what it thinks.")

    def act(self, form: Any) -> PlanVersion:
        return actions.send_plan(plan=self.plan, year=self.year, by=self.actor)


class PlanApprove(OfOnePlan, PostPage):
    permission = APPROVE_PLANS
    done = _("You agree with this plan. The text of now is kept.")

    def act(self, form: Any) -> Any:
        return actions.approve_plan(plan=self.plan, year=self.year, by=self.actor)


class CommentAdd(OfOnePlan, FormPage):
    """Says something about the plan or about one section."""

    permission = VIEW_PLANS
    form_class = forms.CommentForm
    title = _("What do you think of this plan?")
    submit_label = _("Say this")
    done = _("Your comment stands with the plan.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.find_names}

    def act(self, form: Any) -> PlanComment:
        return actions.add_comment(plan=self.plan, by=self.actor, **form.values())


class CommentSettle(OfOnePlan, PostPage):
    permission = EDIT_PLANS
    done = _("Settled.")

    def load(self) -> PlanComment:
        found = queries.comments_on(self.actor, self.plan).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def act(self, form: Any) -> PlanComment:
        return actions.settle_comment(comment=self.object, by=self.actor)


class ActivitiesCopy(OfPlan, PostPage):
    """Last year's activities, goals included where they go on, into this year."""

    permission = EDIT_PLANS
    done = _("The activities of last year stand in this plan.")

    def act(self, form: Any) -> Any:
        actions.continue_goals(unit=self.unit, year=self.year, by=self.actor)
        return actions.copy_activities(unit=self.unit, year=self.year, by=self.actor)

    def back_url(self) -> str:
        return queries.plan_url(self.unit, PlanKind.YEAR, self.year)
