"""The step of the wizard that shows what a file would do, mends its faulty rows and asks about the doubtful ones."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import FormPage, chosen

from .. import actions
from ..domain.columns import cells_of
from ..enums import NAMESAKES, Decision, RowKind, RunState
from ..forms import DecideForm, RepairForm, StartForm
from ..models import ImportRow, ImportRun
from ..queries import (
    kinds_of,
    namesakes,
    newer_year_before,
    open_mistakes,
    rows_for,
    same_file_before,
    taken_along,
    teachers_in,
    texts_of,
    undecided,
)
from .base import CHECK, RunPage, RunPost, kept_and_thrown, wizard_steps
from .lines import SLUGS, faulty_lines, line_of

PER_PAGE = 25
FAULTY_PER_PAGE = 10  # each with a field per cell
PAGE_PARAM, KIND_PARAM = "pagina", "soort"


class Check(RunPage, FormPage):
    """What the file would do, before anything is stored. Its form mends the faulty rows that are shown."""

    template_name = "exchange/check.html"
    form_class = RepairForm
    done = _("We look at the file once more, with what you mended.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state != RunState.PREVIEWED or self.run.is_lapsed:
            return HttpResponseRedirect(self.run_url)
        return super().get(request, *args, **kwargs)

    # Mending

    def load(self) -> ImportRun:
        self.__dict__.pop("run", None)  # read anew inside the write
        return self.run

    def form_kwargs(self) -> dict[str, Any]:
        kept = set(self.run.kept)
        cells = [cell for cell in cells_of(self.run.mapping, self.run.headers) if cell.at in kept]
        return {"cells": cells, "texts": texts_of(self.actor, self.run, self._numbers())}

    def _numbers(self) -> set[int]:
        """Rows that the form mends: those that came in, else those on this page."""
        sent = self.request.POST.get("numbers", "").split(",")
        if self.request.method == "POST":
            return {int(text) for text in sent[:FAULTY_PER_PAGE] if text.isdecimal() and len(text) < 9}
        return {row.number for row in self.page} if self.shown == RowKind.FAULTY else set()

    def act(self, form: RepairForm) -> ImportRun:
        return actions.repair_rows(run=self.run, cells=form.mended(), by=self.actor, url=self.run_url)

    def done_url(self, result: ImportRun) -> str:
        return self.run_url

    def back_url(self) -> str:
        return reverse("exchange:import-list")

    # The page

    @cached_property
    def kinds(self) -> dict[str, int]:
        return kinds_of(self.actor, self.run)

    @cached_property
    def shown(self) -> RowKind:
        """The kind that was asked for, else the first of those that need somebody's eye."""
        wish = {slug: kind for kind, slug in SLUGS.items()}.get(self.request.GET.get(KIND_PARAM, ""))
        if wish is not None:
            return wish
        order = (RowKind.FAULTY, RowKind.DOUBTFUL, RowKind.NEW, RowKind.CHANGED, RowKind.GONE, RowKind.SAME)
        return next((kind for kind in order if self.kinds[kind]), RowKind.NEW)

    @cached_property
    def page(self) -> PageOfRows[ImportRow]:
        rows = rows_for(self.actor, self.run, self.shown)
        most = FAULTY_PER_PAGE if self.shown == RowKind.FAULTY else PER_PAGE
        return Paginator(rows, most).get_page(self.request.GET.get(PAGE_PARAM))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds, shown, rows = self.kinds, self.shown, self.page
        is_faulty = shown == RowKind.FAULTY
        staff = teachers_in(self.run)
        return super().get_context_data(
            **kwargs,
            steps=wizard_steps(self.run),
            step=CHECK,
            start_form=StartForm(),
            tabs=[
                (RowKind(kind), SLUGS[kind], kinds[kind], kind == shown)
                for kind in SLUGS
                if kinds[kind] or kind in {RowKind.NEW, RowKind.SAME}
            ],
            shown=shown,
            shown_slug=SLUGS[shown],
            page=rows,
            pages=rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1),
            lines=faulty_lines(rows, kwargs["form"]) if is_faulty else [line_of(row) for row in rows],
            writes=int(self.run.counts.get("writes") or 0) + taken_along(self.actor, self.run),
            usable=sum(kinds.values())
            - kinds[RowKind.FAULTY]
            - kinds[RowKind.DOUBTFUL]
            - kinds[RowKind.GONE],
            undecided=undecided(self.actor, self.run),
            open_mistakes=open_mistakes(self.run),
            kinds=kinds,
            counts=self.run.counts,
            staying=sum(kinds[kind] - staff[kind] for kind in (RowKind.SAME, RowKind.CHANGED))
            - int(self.run.counts.get("moved") or 0),
            newcomers=kinds[RowKind.NEW] - staff[RowKind.NEW],
            gone_words=self.kind.gone_words(self.run),
            many_gone=actions.would_close_many(self.run),
            renumbered=self._renumbered(),
            namesakes=sum(int(self.run.counts.get(reason) or 0) for reason in NAMESAKES),
            earlier=same_file_before(self.actor, self.run),
            newer=newer_year_before(self.actor, self.run),
            **kept_and_thrown(self.kind, self.run),
        )

    def _renumbered(self) -> dict[str, int]:
        """Reason → how many children have another number, when that are too many for chance."""
        found = {reason: int(self.run.counts.get(reason) or 0) for reason in NAMESAKES}
        found["same_name"] += int(self.run.counts.get("other_child") or 0)
        most = max(5, sum(self.kinds.values()) // 5)
        return {reason: number for reason, number in found.items() if number > most}


class Skip(RunPost):
    """Leaving out the rows with a mistake, because somebody says so."""

    def act(self, form: Any) -> int:
        return actions.skip_faulty(run=self.run, by=self.actor)

    def done_message(self, result: int) -> str:
        text = ngettext("We skip %(n)s row with a mistake.", "We skip %(n)s rows with a mistake.", result)
        return text % {"n": result} if result else ""

    def done_url(self, result: int) -> str:
        return reverse("exchange:run-check", args=[self.run.pk]) + f"?{KIND_PARAM}={SLUGS[RowKind.FAULTY]}"


class Decide(RunPost):
    """What to do with the doubtful rows that were ticked, or with all namesakes."""

    form_class = DecideForm

    def act(self, form: DecideForm) -> int:
        decision, ids = form.cleaned_data["decision"], chosen(self.request)
        if form.cleaned_data["namesakes"]:
            decision, ids = Decision.TAKE, namesakes(self.actor, self.run)
        return actions.decide_rows(run=self.run, ids=ids, decision=decision, by=self.actor)

    def done_url(self, result: int) -> str:
        return reverse("exchange:run-check", args=[self.run.pk]) + f"?{KIND_PARAM}={SLUGS[RowKind.DOUBTFUL]}"
