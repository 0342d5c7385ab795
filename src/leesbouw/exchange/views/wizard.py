"""The first steps of the wizard: choose a file, settle its columns."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import FormPage

from .. import actions
from ..engine import Importer, by_slug
from ..enums import DROPPED_LABELS, FILE_WARNINGS, RunState, column_label
from ..forms import BringForm, ColumnsForm
from ..models import ImportRun
from ..queries import has_area, last_done, same_file_before, samples_of, schools_to_bring_for, waiting_run
from .base import COLUMNS, FILE, RunPage, kept_and_thrown, what_is_kept, wizard_steps


class Bring(FormPage):
    """Choosing a file of one kind, with where it comes from."""

    template_name = "exchange/bring.html"
    form_class = BringForm
    submit_label = _("Read the file")
    done = ""

    @property
    def permission(self) -> str:  # type: ignore[override]
        return self.kind.permission

    @property
    def kind(self) -> Importer:
        kind = by_slug(self.kwargs["slug"])
        if kind is None:
            raise Http404
        return kind

    def initial(self) -> dict[str, Any]:
        """The school that the address names: `?locatie=12AB00`."""
        code = self.request.GET.get("locatie", "")
        place = schools_to_bring_for(self.actor).filter(code=code).first() if code else None
        return {"location": place.pk} if place else {}

    def form_kwargs(self) -> dict[str, Any]:
        too_large = getattr(self.request, "upload_too_large", False)
        return {"kind": self.kind, "actor": self.actor, "too_large": too_large}

    def act(self, form: BringForm) -> ImportRun:
        assert form.draft is not None
        return actions.keep_draft(draft=form.draft, by=self.actor)

    def done_url(self, result: ImportRun) -> str:
        return reverse("exchange:run-columns", args=[result.pk])

    def back_url(self) -> str:
        return reverse("exchange:import-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.kind
        return super().get_context_data(
            **kwargs,
            title=kind.label,
            lead=kind.what,
            kind=kind,
            closed=kind.closed(self.actor),
            steps=wizard_steps(),
            step=FILE,
            last=last_done(self.actor).get(kind.code),
            waiting=waiting_run(self.actor, kind.code),
            thrown=[str(DROPPED_LABELS[group.code]) for group in kind.dropped],
            **what_is_kept(kind, [column.code for column in kind.columns_shown(self.actor)]),
        )


class Columns(RunPage, FormPage):
    """Which header holds what; what is kept, what is thrown away; and what one wants of the file."""

    template_name = "exchange/columns.html"
    form_class = ColumnsForm
    title = _("Did we recognise the columns?")
    submit_label = _("Check the file")
    done = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state not in {RunState.DRAFT, RunState.PREVIEWED} or self.run.is_lapsed:
            return HttpResponseRedirect(self.run_url)
        return super().get(request, *args, **kwargs)

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "kind": self.kind,
            "actor": self.actor,
            "has_area": has_area(self.actor),
            "too_large": getattr(self.request, "upload_too_large", False),
        }

    def act(self, form: ColumnsForm) -> ImportRun:
        if form.draft is not None:
            run = actions.keep_draft(draft=form.draft, by=self.actor)
            actions.discard_run(run=self.run, by=self.actor)
        else:
            run = self.run
        run = actions.choose_columns(run=run, mapping=form.mapping(), options=form.options(), by=self.actor)
        return actions.ask_preview(run=run, by=self.actor, url=reverse("exchange:run-detail", args=[run.pk]))

    def done_url(self, result: ImportRun) -> str:
        return reverse("exchange:run-detail", args=[result.pk])

    def back_url(self) -> str:
        return reverse("exchange:import-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: ColumnsForm = kwargs["form"]
        return super().get_context_data(
            **kwargs,
            title=self.title,
            steps=wizard_steps(self.run),
            step=COLUMNS,
            fields=form.column_rows,
            sample=self._sample(),
            doubled=[name for code, name in self.run.notices if code == "doubled"],
            warnings=[FILE_WARNINGS[code] for code in self.run.options.get("warnings") or ()],
            missing=[column_label(code) for code in self.kind.missing(self.run.mapping)],
            earlier=same_file_before(self.actor, self.run),
            left_out=self.run.counts.get("read", 0) - self.run.counts.get("kept", 0),
            **kept_and_thrown(self.kind, self.run),
        )

    def _sample(self) -> dict[str, Any]:
        """The first rows as a table: a head of (our label, header in the file), and texts."""
        found = [(code, places) for code, places in self.run.mapping.items() if places]
        head = [
            (column_label(code), " + ".join(self.run.headers[at] for at in places)) for code, places in found
        ]
        rows = [
            [" + ".join(filter(None, (row.get(at, "") for at in places))) for _code, places in found]
            for row in samples_of(self.actor, self.run)
        ]
        return {"head": head, "rows": rows}
