"""The plans of a location, one plan as it is read and written, its versions and what people say about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear, today
from leesbouw.rendering.sheets import file_name
from leesbouw.rendering.word import read_word, to_word
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..enums import PlanKind
from ..models import Plan, PlanComment, PlanField, PlanVersion
from ..permissions import APPROVE_PLANS, EDIT_PLANS, VIEW_PLANS
from .goals import OfPlan

AUTOSAVE = "autosave"  # how the page itself says that it saves while somebody writes


class Plans(OfPlan, Page):
    """Which plans there are in a year and how far each is; the goals of the year beside them."""

    template_name = "plans/plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        views = queries.plan_standings(self.actor, self.unit, self.year)
        return super().get_context_data(
            **kwargs,
            plans=[(one, queries.plan_url(self.unit, one.kind, self.year)) for one in views],
            standings=queries.goal_standings(self.actor, self.unit, self.year),
            earlier=[
                (one, queries.plan_url(self.unit, PlanKind(one.kind), one.first_year))
                for one in queries.plans_of(self.actor, self.unit).filter(last_year__lt=self.year)
            ],
        )


class OfOnePlan(OfPlan):
    """A page about one plan: its kind and its year stand in the address."""

    @cached_property
    def kind(self) -> PlanKind:
        kind = queries.BY_SLUG.get(self.kwargs["plan"])
        if kind is None or kind not in queries.kinds_for(self.unit):
            raise Http404
        return kind

    @property
    def year(self) -> SchoolYear:  # type: ignore[override]
        try:
            return SchoolYear.parse(self.kwargs["year"])
        except ValueError:
            raise Http404 from None

    @cached_property
    def view(self) -> queries.PlanView:
        return queries.plan_view(self.actor, self.unit, self.kind, self.year)

    @property
    def plan(self) -> Plan:
        if self.view.plan is None:
            raise Http404
        return self.view.plan

    @property
    def here(self) -> str:
        return queries.plan_url(self.unit, self.kind, self.year)

    def back_url(self) -> str:
        return self.here

    def may_write(self) -> bool:
        return queries.may_write_plan(self.actor, self.unit, self.kind, self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"view": self.view, "plan_url": self.here, "plans_url": queries.plans_url(self.unit)}
        return super().get_context_data(**(shown | kwargs))


class PlanPage(OfOnePlan, Page):
    """One plan: to write in for who may, to read and comment on for everybody of the location."""

    template_name = "plans/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        activities = list(queries.activities_of(self.actor, self.unit, self.year))
        comments = list(queries.comments_on(self.actor, self.plan)) if self.view.plan else []
        agreed = queries.agreed_hours(self.actor, self.unit)
        may_write = self.may_write()
        return super().get_context_data(
            **kwargs,
            sections=[
                (
                    one,
                    self.form_of(one) if may_write else None,
                    [c for c in comments if c.code == one.section.code],
                )
                for one in self.view.texts
            ],
            comments=[one for one in comments if not one.code],
            comment_form=forms.CommentForm(),
            standings=queries.goal_standings(self.actor, self.unit, self.year),
            activities=activities,
            effort=queries.effort_of(activities),
            agreed=agreed,
            hints=queries.hints_of(activities, agreed),
            structural=queries.structural_of(self.actor, self.unit, self.year),
            groups=queries.groups_in_plan(self.unit),
            may_approve=queries.may_approve(self.actor, self.unit) and self.view.plan is not None,
            may_carry=may_write and queries.goals_to_continue(self.actor, self.unit, self.year).exists(),
            may_copy=may_write and not activities,
        )

    @staticmethod
    def form_of(text: queries.SectionText) -> forms.SectionForm:
        initial = {"text": text.text}
        return forms.SectionForm(initial=initial, version=text.version, auto_id=f"id_{text.section.code}_%s")


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

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Requested-With") != AUTOSAVE:
            return super().post(request, *args, **kwargs)
        self.object = self.load()
        form = self.make_form(request.POST)
        if not form.is_valid():
            return JsonResponse({}, status=409)
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


class Versions(OfOnePlan, Page):
    """What was kept of a plan, and what changed between one version and the next."""

    template_name = "plans/versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(queries.versions_of(self.actor, self.plan))
        wanted = self.request.GET.get("versie", "")
        chosen = next((row for row in rows if str(row.number) == wanted), rows[0] if rows else None)
        return super().get_context_data(
            **kwargs,
            versions=rows,
            chosen=chosen,
            changes=queries.changes_since(self.view, chosen) if chosen else [],
        )


class PlanPdf(OfOnePlan, Page):
    permission = VIEW_PLANS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.plan_document(self.actor, self.unit, self.existing())
        return pdf_answer(document, self.file_name("pdf"))

    def existing(self) -> queries.PlanView:
        if self.view.plan is None:
            raise Http404
        return self.view

    def file_name(self, ext: str) -> str:
        return file_name(self.unit.name, f"{queries.SLUGS[self.kind]} {self.year}", today(), ext)


class PlanWord(PlanPdf):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.plan_document(self.actor, self.unit, self.existing())
        return file_answer(to_word(document), self.file_name("docx"))


class PlanReadIn(OfOnePlan, FormPage):
    """A plan that was written in Word: its headings go to our sections, behind what stands there."""

    permission = EDIT_PLANS
    form_class = forms.ReadInForm
    template_name = "plans/section_form.html"
    title = _("Read a Word file in")
    lead = _("We look at the headings. What fits no section of ours goes to the end, so nothing is lost.")
    submit_label = _("Read it in")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    def act(self, form: Any) -> list[queries.ReadPart]:
        begun = self.view.plan or actions.begin_plan(
            unit=self.unit, kind=self.kind, year=self.year, by=self.actor
        )
        template, _version = queries.template_of(self.kind, begun.template_version)
        parts = queries.map_to_sections(template, read_word(form.cleaned_data["file"].read()))
        texts = queries.texts_of(parts, self.view.texts)
        actions.read_plan_in(plan=begun, year=self.year, texts=texts, by=self.actor)
        return parts

    def done_message(self, result: list[queries.ReadPart]) -> str:
        other = sum(part.code == queries.OTHER.code for part in result)
        text = ngettext(
            "%(number)s part was read in, %(other)s of it stands at the end.",
            "%(number)s parts were read in, %(other)s of them stand at the end.",
            len(result),
        )
        return text % {"number": len(result), "other": other}
