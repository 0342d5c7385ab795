"""The retention calendar, its runs and their proof, and the register of processing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.jobs import Job
from leesbouw.core.registry import name_resolvers
from leesbouw.core.time import today
from leesbouw.rendering.sheets import Column, Sheet, file_name, to_csv
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import FormPage, Page

from ..actions import change_term, note_taken, start_run
from ..forms import TermForm
from ..models import DestructionRun, RetentionTerm
from ..permissions import RUN_RETENTION, VIEW_RETENTION
from ..queries.calendar import calendar, trial, trial_rows
from ..queries.papers import label_of, proof_document, register_document, register_workbook
from ..queries.processing import processing_status, purposes, security_words
from ..queries.runs import MOST_RUNS, account_words, run_by_id, runs, who_of
from ..queries.terms import Term, may_change_here, note_for_many, term_in_force


def unit_name(actor: Actor) -> str:
    resolve = name_resolvers.get("unit")
    found = resolve(actor, {actor.unit_id}) if resolve and actor.unit_id else {}
    return next((name for name, _url in found.values()), "")


class Calendar(Page):
    """What is kept of whom and for how long, how much of it is over its term, and what was wiped before."""

    template_name = "privacy/calendar.html"
    permission = VIEW_RETENTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = calendar()
        may = self.actor.may(RUN_RETENTION)
        return super().get_context_data(
            **kwargs,
            lines=lines,
            due=sum(line.due for line in lines),
            runs=runs()[:MOST_RUNS],
            may_run=may,
            may_change=may and may_change_here(),
            note=note_for_many() if may and not may_change_here() else "",
        )


class TermChange(FormPage):
    """Keeping one kind longer or shorter, with the reason."""

    permission = RUN_RETENTION
    form_class = TermForm
    submit_label = _("Change this term")
    done = _("The term is changed. It holds from the next run.")
    term: Term

    def load(self) -> None:
        try:
            self.term = term_in_force(self.kwargs["code"])
        except LookupError:
            raise Http404 from None
        self.title = self.term.body.label
        self.lead = f"{self.term.words}. {self.term.body.why}"

    def initial(self) -> dict[str, Any]:
        return {"days": self.term.days}

    def form_kwargs(self) -> dict[str, Any]:
        return {"least": self.term.body.least, "most": self.term.body.most}

    def act(self, form: forms.Form) -> RetentionTerm:
        return change_term(code=self.term.code, by=self.actor, **form.values())  # type: ignore[attr-defined]

    def back_url(self) -> str:
        return reverse("privacy:calendar")


class Trial(Page):
    """What a run of today would wipe: counts and ids."""

    template_name = "privacy/trial.html"
    permission = VIEW_RETENTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = trial()
        return super().get_context_data(
            **kwargs,
            lines=lines,
            total=sum(one.line.due for one in lines),
            may_run=self.actor.may(RUN_RETENTION),
        )


class TrialList(Page):
    """The whole list of ids as a file, from which the mark on the proof can be made again."""

    permission = RUN_RETENTION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        columns = [Column(str(_("What"))), Column(str(_("Term"))), Column("id", "id")]
        content = b"".join(to_csv(Sheet("proef", columns, trial_rows())))
        note_taken(what="trial", by=self.actor)
        name = file_name("", "bewaartermijnen", today(), "csv")
        return file_answer(content, name)


class RunNow(FormPage):
    """Asks once more, because it cannot be undone; the button says how many rows go."""

    permission = RUN_RETENTION
    title = _("Wipe what is over its term")
    lead = _("This cannot be undone. You get a proof of destruction.")
    submit_label = _("Wipe it now")
    done = _("It has begun. You see here what is wiped.")

    def act(self, form: forms.Form) -> Job:
        return start_run(by=self.actor)

    def done_url(self, result: Job) -> str:
        return result.url

    def back_url(self) -> str:
        return reverse("privacy:trial")


class _OfRun(Page):
    permission = VIEW_RETENTION

    def load(self) -> DestructionRun:
        try:
            return run_by_id(self.kwargs["pk"])
        except DestructionRun.DoesNotExist:
            raise Http404 from None


class RunDetail(_OfRun):
    """One run: what it found and wiped."""

    template_name = "privacy/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.load()
        counts = [(label_of(count), count) for count in run.counts.all()]
        return super().get_context_data(**kwargs, run=run, counts=counts, who=who_of(self.actor, run))


class RunProof(_OfRun):
    """The proof of destruction on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.load()
        return pdf_answer(
            proof_document(run, who=account_words(run)), f"leesbouw_bewijs-van-vernietiging_{run.code}.pdf"
        )


class Processing(Page):
    """The register of processing: made from the programme itself."""

    template_name = "privacy/processing.html"
    permission = VIEW_RETENTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status, source = processing_status()
        return super().get_context_data(
            **kwargs, purposes=purposes(), security=security_words(), status=status, source=source
        )


class ProcessingPdf(Page):
    permission = VIEW_RETENTION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = unit_name(self.actor)
        return pdf_answer(register_document(name), file_name(name, "verwerkingen", today(), "pdf"))


class ProcessingXlsx(Page):
    permission = VIEW_RETENTION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = file_name(unit_name(self.actor), "verwerkingen", today(), "xlsx")
        return file_answer(register_workbook(), name)
