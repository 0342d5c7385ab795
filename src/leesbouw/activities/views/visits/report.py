"""One visit and what came of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.pupils.queries import first_names_in
from leesbouw.ui.pages import FormPage, Page

from ... import actions, forms, queries
from ...models import VisitReport
from ...permissions import EDIT_VISITS, VIEW_VISITS
from .base import OfVisit, in_hours, may_edit


class Detail(OfVisit, Page):
    template_name = "activities/visit.html"
    permission = VIEW_VISITS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visit = self.load()
        report = queries.report_of(self.actor, visit)
        return super().get_context_data(
            **kwargs,
            visit=visit,
            report=report,
            group_note=queries.group_note_of(self.actor, visit),
            hours=in_hours(report.minutes) if report and queries.sees_minutes(self.actor, visit) else None,
            takeovers=queries.takeovers_of(self.actor, visit),
            cancellation=visit.cancellation if visit.is_cancelled else None,  # type: ignore[attr-defined]
            may_edit=may_edit(self.actor),
            at_location=self.actor.unit_kind == UnitKind.LOCATION,  # why a colleague goes is not for them
            has_come=visit.day <= today(),
        )


class Report(OfVisit, FormPage):
    """Four fields. The same page changes a report later."""

    permission = EDIT_VISITS
    template_name = "activities/report.html"
    form_class = forms.ReportForm
    submit_label = _("Save the report")
    done = _("The report is saved.")
    title = _("Report of a visit")
    report: VisitReport | None

    def load(self) -> Any:
        """The report, or None for a first one; its visit stands beside it."""
        self.visit = super().load()
        if self.visit.is_cancelled or self.visit.day > today():  # type: ignore[attr-defined]
            raise Http404
        self.report = queries.report_of(self.actor, self.visit)
        return self.report

    def make_form(self, data: Any = None) -> Any:
        version = self.report.version if self.report else 0
        return forms.ReportForm(data, initial=self.initial(), version=version, find_names=self.find_names)

    def find_names(self, text: str) -> list[str]:
        return first_names_in(self.actor, self.visit.unit.as_location, text)

    def initial(self) -> dict[str, Any]:
        row = self.report
        if row is None:
            return {"time": in_hours(self.visit.minutes)}
        return {
            "done": row.done,
            "time": in_hours(row.minutes),
            "noticed": row.noticed,
            "next_step": row.next_step,
            "as_action": row.action_id is not None,
        }

    def act(self, form: Any) -> VisitReport:
        row = actions.ReportRow(**form.row())
        return actions.write_report(visit=self.visit, row=row, version=form.sent_version, by=self.actor)

    def done_url(self, result: VisitReport) -> str:
        return reverse("dashboards:home") if self.visit.day == today() else self.visit.get_absolute_url()

    def back_url(self) -> str:
        return self.visit.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(visit=self.visit, is_first=self.report is None, **kwargs)
