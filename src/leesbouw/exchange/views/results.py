"""Results of an earlier Monitor from a file: first what would come in, then bringing it in. Nothing is kept in between."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from leesbouw.monitor import actions
from leesbouw.monitor.models import Participation
from leesbouw.monitor.permissions import COORDINATE
from leesbouw.ui.pages import FormPage

from ..forms import ResultsForm, SureForm


@method_decorator(never_cache, name="dispatch")
class Results(FormPage):
    """The file, whose it is, and what was asked; then the same page shows what is in it."""

    permission = COORDINATE
    template_name = "exchange/results.html"
    form_class = ResultsForm
    title = _("Bring results of an earlier Monitor in")
    lead = _("You first see what would come in. Until then nothing is kept.")
    submit_label = _("Read the file")

    def form_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor, "too_large": getattr(self.request, "upload_too_large", False)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(self.sent())
        if not form.is_valid():
            return self.show(form)
        assert isinstance(form, ResultsForm)
        sure = SureForm(initial={"ticket": form.ticket()}, actor=self.actor)
        return self.render_to_response(
            self.get_context_data(
                form=sure, found=form.found, told=form.cleaned_data, sure_url=reverse("exchange:results-sure")
            )
        )

    def back_url(self) -> str:
        return reverse("monitor:round-list")


@method_decorator(never_cache, name="dispatch")
class ResultsSure(FormPage):
    """Brings in what was looked at; the worker makes the figures."""

    permission = COORDINATE
    form_class = SureForm
    title = _("Bring results of an earlier Monitor in")
    submit_label = _("Bring them in")
    done = _("The results are in. The figures follow in a moment.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor}

    def act(self, form: Any) -> Participation:
        return actions.import_results(**form.wish, by=self.actor)

    def done_url(self, result: Participation) -> str:
        return reverse("monitor:participation", args=[result.pk])

    def back_url(self) -> str:
        return reverse("exchange:results")
