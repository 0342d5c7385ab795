"""Imports that began: the list, how far one is, its receipt, and starting, stopping and undoing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.permissions import CHOOSE_AREA
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import file_answer
from leesbouw.ui.pages import Empty, ListPage

from .. import actions
from ..engine import importers_for, require_any
from ..enums import RowKind, RunState
from ..forms import StartForm
from ..models import ImportRun
from ..queries import blocked_rows, has_area, last_done, name_of, rows_for, runs_for, school_of
from ..tables import RunTable
from .base import CHECK, STORE, RunPage, RunPost, wizard_steps
from .lines import line_of
from .paper import error_file, file_facts, receipt_pdf

MOST_BLOCKED = 200  # shown on the receipt; a longer list is in the download


class ImportList(ListPage):
    """What can be imported, and what was."""

    template_name = "exchange/list.html"
    page = "exchange.runs"
    title = _("What do you want to import?")
    lead = _("You first see what would happen. You can undo an import for fourteen days.")
    table_class = RunTable
    per_page = 20
    export_name = pgettext_lazy("import", "imports")
    export_permission = "ui.export"
    can_save = False
    empty = Empty(
        _("Nothing has been imported yet."), _("Begin with the schools: they bring the municipalities.")
    )

    def rows(self, request: HttpRequest) -> QuerySet[ImportRun]:
        require_any(self.actor)
        return runs_for(self.actor)

    def more(self, listing: Any) -> dict[str, Any]:
        done = last_done(self.actor)
        return {"kinds": [(kind, done.get(kind.code)) for kind in importers_for(self.actor)]}


class RunDetail(RunPage):
    """Where an import is now: being worked at, waiting for an answer, or its receipt."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.run
        if run.is_stuck and run.is_busy:
            actions.free_stuck_runs(unit_id=run.unit_id, by=self.actor)
            run.refresh_from_db()
        if not run.is_lapsed:
            if run.state == RunState.PREVIEWED:
                return HttpResponseRedirect(reverse("exchange:run-check", args=[run.pk]))
            if run.state == RunState.DRAFT or (run.state == RunState.CHECKING and run.is_stuck):
                return HttpResponseRedirect(reverse("exchange:run-columns", args=[run.pk]))
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return ["exchange/progress.html" if self.run.is_working else "exchange/receipt.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run
        context: dict[str, Any] = {
            "steps": wizard_steps(None),
            "step": CHECK if run.state == RunState.CHECKING else STORE,
            "job": run.job,
            "job_url": reverse("exchange:run-progress", args=[run.pk]),
            "counts": run.counts,
        }
        if not run.is_working:
            blocked = blocked_rows(self.actor, run)
            context |= {
                "school": school_of(run),
                "facts": file_facts(run, self.kind, name_of(run)),
                "blocked": [line_of(row) for row in blocked[:MOST_BLOCKED]],
                "blocked_count": blocked.count(),
                "area_is_next": self.area_is_next,
                "leads_to_area": self.kind.leads_to_area and self.actor.may(CHOOSE_AREA),
                "shown_in": self.shown_in,
                "has_faulty": rows_for(self.actor, run, RowKind.FAULTY).exists(),
            }
        return super().get_context_data(**(context | kwargs))

    @property
    def shown_in(self) -> SchoolYear | None:
        """The year in which the list of locations shows what came in; another year is on the screen at first."""
        year = self.run.options.get("year")
        done = self.run.state == RunState.FINISHED
        return SchoolYear(int(year)) if year and done and self.kind.leads_to_locations else None

    @property
    def area_is_next(self) -> bool:
        """Whether the municipalities came in and nobody chose among them yet."""
        done = self.run.state == RunState.FINISHED
        return done and self.actor.may(CHOOSE_AREA) and not has_area(self.actor)


class Progress(RunPage):
    """How far the job of an import is: a part of a page, asked for again and again."""

    template_name = "exchange/progress_part.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job_url = reverse("exchange:run-progress", args=[self.run.pk])
        return super().get_context_data(**kwargs, job=self.run.job, job_url=job_url)


class Start(RunPost):
    """Stores what was checked."""

    form_class = StartForm

    def act(self, form: StartForm) -> ImportRun:
        return actions.start_run(
            run=self.run, by=self.actor, url=self.run_url, sure=form.cleaned_data["sure"]
        )


class Stop(RunPost):
    """Stops the job; it takes back what it stored."""

    done = _("The import stops. What was stored of it is taken back.")

    def act(self, form: Any) -> None:
        actions.stop_run(run=self.run, by=self.actor)


class Undo(RunPost):
    """Takes a whole import back."""

    def act(self, form: Any) -> ImportRun:
        return actions.start_undo(run=self.run, by=self.actor, url=self.run_url)


class Discard(RunPost):
    """Throws away a file that was brought and not stored."""

    done = _("The file is thrown away. Nothing was stored.")

    def act(self, form: Any) -> None:
        actions.discard_run(run=self.run, by=self.actor)

    def done_url(self, result: None) -> str:
        return reverse("exchange:import-list")


class Mistakes(RunPage):
    """The faulty rows, or what could not be undone, as a file: kept columns and the reason."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ext = self.kwargs["formaat"]
        rows = list(rows_for(self.actor, self.run, RowKind.FAULTY)) + list(blocked_rows(self.actor, self.run))
        content = error_file(self.kind, rows, self.run, ext)
        actions.note_mistakes_taken(run=self.run, count=len(rows), form=ext, by=self.actor)
        return file_answer(
            content, file_name(pgettext("import", "mistakes"), self.run.file_name, today(), ext)
        )


class Receipt(RunPage):
    """The receipt on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state not in {RunState.FINISHED, RunState.UNDONE, RunState.FAILED}:
            return HttpResponseRedirect(self.run_url)
        blocked = [line_of(row) for row in blocked_rows(self.actor, self.run)[:MOST_BLOCKED]]
        unit = str(getattr(request, "unit", None) or "")
        content = receipt_pdf(self.run, self.kind, unit=unit, by_name=name_of(self.run), blocked=blocked)
        return file_answer(
            content, file_name(pgettext("import", "receipt"), self.run.file_name, today(), "pdf")
        )
