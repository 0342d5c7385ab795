"""The page of the processing agreement of a location, the ways to record one, and its papers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations import actions as recording
from leesbouw.organisations.models import Library, Location, ProcessingAgreement
from leesbouw.organisations.queries import agreement_models, agreement_standing, location_by_code
from leesbouw.privacy.queries.terms import term_in_force
from leesbouw.pupils.queries import AGREEMENT_TERM
from leesbouw.ui.export import pdf_answer, stored_answer
from leesbouw.ui.pages import FormPage, Page

from . import actions, forms, queries
from .permissions import EDIT_AGREEMENT, VIEW_AGREEMENT

KINDS = {"privacy": queries.PRIVACY, "beveiliging": queries.SECURITY}


class _AtLocation:
    """A page that lies under one location."""

    actor: Actor
    kwargs: dict[str, Any]

    @property
    def location(self) -> Location:
        try:
            found = location_by_code(self.actor, self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None
        if found.place != self.kwargs["place"]:
            raise Http404
        return found

    def overview_url(self) -> str:
        return reverse("agreements:overview", args=[self.kwargs["place"], self.kwargs["code"]])

    def agreement(self) -> ProcessingAgreement:
        try:
            return queries.agreement_by_id(self.actor, self.location, self.kwargs["pk"])
        except ProcessingAgreement.DoesNotExist:
            raise Http404 from None

    def library(self) -> Library:
        found = queries.own_library(self.actor)
        if found is None:
            raise Http404
        return found


class Overview(_AtLocation, Page):
    """How it stands, what waits for a signature, and everything that was agreed before."""

    template_name = "agreements/overview.html"
    permission = VIEW_AGREEMENT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        location = self.location
        standing = agreement_standing(self.actor, location)
        may_edit = self.actor.may(EDIT_AGREEMENT) and location.is_school and location.closed_on is None
        return super().get_context_data(
            **kwargs,
            location=location,
            standing=standing,
            history=[(row, queries.version_name(row.version)) for row in standing.history],
            requests=queries.requests_of(self.actor, location),
            may_edit=may_edit,
            models=agreement_models(),
            today=today(),
        )


class _AgreementForm(_AtLocation, FormPage):
    permission = EDIT_AGREEMENT
    template_name = "agreements/form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.location, overview_url=self.overview_url(), **kwargs)

    def back_url(self) -> str:
        return self.overview_url()


class _NewAgreement(_AgreementForm):
    """On behalf of one's own library, for a school."""

    def load(self) -> None:
        self.library()
        if not self.location.is_school:
            raise Http404


class Record(_NewAgreement):
    form_class = forms.RecordForm
    title = _("Record a signed agreement")
    lead = _("Was it signed on paper or in another system? Keep the file here.")
    submit_label = _("Record the agreement")
    done = _("The agreement is recorded.")

    def form_kwargs(self) -> dict[str, Any]:
        too_large = getattr(self.request, "upload_too_large", False)
        return {"schools": queries.schools_of_board(self.actor, self.location), "too_large": too_large}

    def act(self, form: Any) -> Any:
        location = self.location
        chosen = set(form.others_chosen())
        others = [one for one in queries.schools_of_board(self.actor, location) if one.pk in chosen]
        return recording.record_agreements(
            library=self.library(), locations=[location, *others], by=self.actor, **form.values()
        )


class Ask(_NewAgreement):
    form_class = forms.AskForm
    title = _("Have the school sign")
    lead = _(
        "The head gets a link by mail, reads what you agree on, and signs with a code. It takes no account."
    )
    submit_label = _("Send the link")
    done = _("The link is on its way.")

    def act(self, form: Any) -> Any:
        return actions.ask_to_sign(
            location=self.location, library=self.library(), by=self.actor, **form.values()
        )


class End(_AgreementForm):
    form_class = forms.EndForm
    title = _("End this agreement")

    submit_label = _("End the agreement")
    done = _("The agreement is ended.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        words = gettext(
            "From that day no pupils may come in. Who is there is wiped %(term)s later, unless there is a new agreement."
        )
        return words % {"term": term_in_force(AGREEMENT_TERM).length}

    def load(self) -> None:
        self.library()
        self.agreement()

    def initial(self) -> dict[str, Any]:
        return {"ended_on": today()}

    def act(self, form: Any) -> Any:
        return recording.end_agreement(agreement=self.agreement(), by=self.actor, **form.values())


class SignedFile(_AtLocation, Page):
    """The signed file of one agreement, for who may see the agreement; always a download."""

    permission = VIEW_AGREEMENT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.agreement().file
        if file is None or not file.path.exists():
            raise Http404
        return stored_answer(file)


class Annex(_AtLocation, Page):
    """The privacy annex or the security annex as PDF, from the facts of today."""

    permission = VIEW_AGREEMENT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        location, kind = self.location, KINDS.get(kwargs["kind"])
        if kind is None or not location.is_school:
            raise Http404
        library = queries.own_library(self.actor)
        document = queries.annex_document(
            kind, unit=location.name, library=library.name if library else str(_("the library"))
        )
        return pdf_answer(document, f"leesbouw_{kwargs['kind']}bijlage_{location.code}.pdf")
