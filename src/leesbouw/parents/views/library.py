"""Parent partnership of the library: where it stands, choosing locations, forms and projects, looking back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location
from leesbouw.plans.models import RouteRun
from leesbouw.plans.permissions import VIEW_CATALOGUE
from leesbouw.plans.queries import (
    forms_with_parents,
    library_of,
    parent_group_names,
    source_of_traits,
    step_name,
    traits,
)
from leesbouw.ui.pages import FormPage, Page, PostPage
from leesbouw.ui.templatetags.ui import tag

from .. import actions, forms, queries
from ..domain import OF_LIBRARY
from ..enums import Mark, TalkKind
from ..models import IndicatorAnswers, ParentTalk, ProjectJudgement
from ..permissions import EDIT_PARENTS, VIEW_PARENTS


class _AtLibrary:
    """A page for who works at a library; for others it does not exist."""

    actor: Any

    @cached_property
    def library_id(self) -> int:
        found = library_of(self.actor) if queries.works_at_library(self.actor) else None
        if found is None:
            raise Http404
        return found

    def load(self) -> Any:
        """A form of the library alone: it edits no row."""
        if not self.library_id:
            raise Http404
        return None

    def back_url(self) -> str:
        return reverse("parents:home")


class Home(_AtLibrary, Page):
    """How far the library is with parents, and where."""

    permission = VIEW_PARENTS
    template_name = "parents/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = queries.home(self.actor, self.library_id)
        return super().get_context_data(
            **kwargs,
            home=found,
            at_step=step_name(found.run) if found.run else "",
            places=[(run, run.unit.as_location, step_name(run)) for run in found.locations],
            kinds=[TalkKind(kind) for kind in OF_LIBRARY],
            may_edit=self.actor.may(EDIT_PARENTS),
        )


def mark_html(mark: Mark | None, own: bool) -> SafeString:
    """A mark in a cell; made once for a page with many."""
    text = format_html('<span class="muted">{}</span>', _("not known"))
    if mark:
        text = tag("ok" if mark == Mark.YES else "neutral", mark.label)
    return format_html('{} <small class="muted">{}</small>', text, _("by you")) if own else text


def cells_of(row: queries.SelectionRow, shown: Mapping[tuple[Mark | None, bool], SafeString]) -> SafeString:
    """The five cells of a location, put together at once: a page holds them by the hundred."""
    return format_html_join(
        "",
        '<td data-l="{}">{}</td>',
        ((one.indicator.short.capitalize(), shown[one.mark, one.own]) for one in row.known),
    )


class Selection(_AtLibrary, Page):
    """The five indicators of every location, with who is proposed to begin with."""

    permission = VIEW_PARENTS
    template_name = "parents/selection.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.selection_rows(self.actor, self.library_id, self.year)
        shown = {(mark, own): mark_html(mark, own) for mark in (*Mark, None) for own in (True, False)}
        return super().get_context_data(
            **kwargs,
            rows=[(row, cells_of(row, shown)) for row in rows],
            guide=queries.guide(),
            item=queries.guide_item(),
            under_way=tag("ok", pgettext("route", "under way")),
            proposed=sum(row.proposed for row in rows),
            may_edit=self.actor.may(EDIT_PARENTS),
        )


class Choose(_AtLibrary, PostPage):
    """Begins with the locations that were ticked."""

    permission = EDIT_PARENTS
    form_class = forms.ChooseForm

    def back_url(self) -> str:
        return reverse("parents:selection")

    @cached_property
    def choice(self) -> list[queries.SelectionRow]:
        return queries.selection_rows(self.actor, self.library_id, self.year)  # type: ignore[attr-defined]

    def form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.choice}

    def act(self, form: Any) -> list[RouteRun]:
        wanted = set(form.cleaned_data["kies"])
        chosen = [row.location for row in self.choice if str(row.location.pk) in wanted]
        return actions.choose_locations(library_id=self.library_id, locations=chosen, by=self.actor)

    def done_message(self, result: list[RouteRun]) -> str:
        text = ngettext(
            "You begin with %(number)s location.", "You begin with %(number)s locations.", len(result)
        )
        return text % {"number": len(result)}

    def done_url(self, result: list[RouteRun]) -> str:
        return reverse("parents:home")


class Indicators(_AtLibrary, FormPage):
    """What one knows oneself of the indicators of a location."""

    permission = EDIT_PARENTS
    template_name = "parents/form.html"
    form_class = forms.IndicatorForm
    title = _("What do you know of this location?")

    @cached_property
    def location(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def load(self) -> IndicatorAnswers:
        return queries.own_answers(self.actor, self.library_id, self.location)

    def initial(self) -> dict[str, Any]:
        row: IndicatorAnswers = self.object
        return {forms.CHECK + code: mark for code, mark in row.answers.items()} | {"note": row.note}

    def act(self, form: Any) -> IndicatorAnswers:
        return actions.answer_indicators(
            library_id=self.library_id,
            location=self.location,
            version=form.sent_version,
            by=self.actor,
            **form.values(),
        )

    def back_url(self) -> str:
        return reverse("parents:selection")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(location=self.location, **kwargs)


class Activities(Page):
    """Forms and projects with parents, with characteristics, suitable parents and the way of transfer."""

    permission = VIEW_PARENTS
    template_name = "parents/activities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body, names = traits(), parent_group_names()
        letters = {one.code: one.letter for one in body.characteristics}
        return super().get_context_data(
            **kwargs,
            traits=body,
            source=source_of_traits(),
            rows=forms_with_parents(self.actor),
            may_open=self.actor.may(VIEW_CATALOGUE),
            judged=[
                (
                    row,
                    [names.get(code, code) for code in row.groups],
                    " ".join(letters.get(code, "") for code in row.characteristics),
                )
                for row in queries.judgements(self.actor)
            ],
            may_judge=self.actor.may(EDIT_PARENTS) and queries.works_at_library(self.actor),
        )


class Judge(_AtLibrary, FormPage):
    """The ten questions about a form or project of one's own."""

    permission = EDIT_PARENTS
    template_name = "parents/form.html"
    form_class = forms.JudgeForm
    title = _("Judge a form or project")
    lead = _("Ten questions help to see whether it suits the parents of your schools and child care.")

    def act(self, form: Any) -> ProjectJudgement:
        return actions.judge_project(
            library_id=self.library_id, judgement=actions.Judgement(**form.values()), by=self.actor
        )

    def back_url(self) -> str:
        return reverse("parents:activities")


class LookBack(_AtLibrary, FormPage):
    """Looking back in the team, in the management or with the municipality."""

    permission = EDIT_PARENTS
    template_name = "parents/form.html"
    form_class = forms.PlanForm
    submit_label = _("Plan the talk")
    done = _("The talk is planned.")

    @cached_property
    def kind(self) -> TalkKind:
        if self.kwargs["kind"] not in OF_LIBRARY:
            raise Http404
        return TalkKind(self.kwargs["kind"])

    @property
    def title(self) -> Any:  # type: ignore[override]
        return self.kind.label

    def load(self) -> TalkKind:
        super().load()
        return self.kind

    def form_kwargs(self) -> dict[str, Any]:
        return {"others": ()}

    def act(self, form: Any) -> ParentTalk:
        return actions.plan_talk(
            library_id=self.library_id,
            kind=self.kind,
            locations=(),
            planned_on=form.cleaned_data["planned_on"],
            by=self.actor,
        )
