"""Membership of the public library: what parents answered, per group and per child, and the text they are asked."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import FormPage, Page

from .. import actions, forms, queries
from ..enums import Answer, AskedBy, Channel
from ..permissions import CONSENT
from .base import OfSchool
from .pupils import STATE_TAGS, PupilForm

AT_LIBRARY = {UnitKind.LIBRARY, UnitKind.BRANCH}


class _Recording(FormPage):
    """A form that notes an answer for some children, with the text that is asked today."""

    form_class = forms.ConsentForm
    title = _("Membership of the public library")
    submit_label = _("Keep this answer")

    @cached_property
    def text(self) -> Any:
        return queries.consent_text()

    def initial(self) -> dict[str, Any]:
        return {
            "answer": Answer.YES,
            "given_by": AskedBy.PARENT,
            "channel": Channel.ENROLMENT,
            "given_on": today(),
        }

    def act(self, form: Any) -> Any:
        return actions.record_consents(text=queries.text_mark(self.text), by=self.actor, **form.values())

    def done_message(self, result: Any) -> Any:
        words = ngettext(
            "The answer is kept for %(number)s child.",
            "The answer is kept for %(number)s children.",
            len(result),
        )
        return words % {"number": len(result)}


class Consents(OfSchool, _Recording):
    """Per group who said what; one answer for everybody who is ticked."""

    right = CONSENT
    shows_names = True
    template_name = "pupils/consents.html"

    @cached_property
    def groups(self) -> list[queries.GroupCount]:
        return queries.group_counts(self.actor, self.location)

    @cached_property
    def group_id(self) -> int | None:
        """The group in the address; the first one when it names none of this school."""
        known = [line.group.pk for line in self.groups]
        wish = self.request.GET.get("groep", "")
        chosen = next((pk for pk in known if str(pk) == wish), None)
        return chosen or (known[0] if known else None)

    @cached_property
    def lines(self) -> list[queries.ConsentLine]:
        return queries.consent_lines(self.actor, self.location, self.group_id)

    def form_kwargs(self) -> dict[str, Any]:
        return {"children": [(line.child.id, line.child.name) for line in self.lines]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ticked = set(kwargs["form"].data.getlist("pupils")) if kwargs["form"].is_bound else set()
        return super().get_context_data(
            **kwargs,
            groups=self.groups,
            group_id=self.group_id,
            lines=[(line, STATE_TAGS[line.state], str(line.child.id) in ticked) for line in self.lines],
            figures=queries.consent_figures(self.actor, self.location),
            text=self.text,
            at_library=self.actor.unit_kind in AT_LIBRARY,
        )

    def back_url(self) -> str:
        address = reverse("pupils:consents", args=[self.location.code])
        return f"{address}?groep={self.group_id}" if self.group_id else address


class OneConsent(PupilForm, _Recording):
    """The answer for one child."""

    right = CONSENT
    form_class = forms.ConsentForm
    template_name = "pupils/form.html"
    lead = _("“No” changes nothing at school: the child borrows there as before.")

    def load(self) -> None:
        super().load()

    def form_kwargs(self) -> dict[str, Any]:
        return {"children": [(self.pupil.pk, self.name)]}

    def initial(self) -> dict[str, Any]:
        return super().initial() | {"pupils": [self.pupil.pk]}


class Withdraw(PupilForm):
    """The parents take their yes back: as easy as giving it."""

    right = CONSENT
    form_class = forms.WithdrawForm
    title = _("The consent is withdrawn")
    lead = _("The child goes on borrowing at school. Tell the library, so that the membership ends.")
    submit_label = _("Withdraw the consent")
    done = _("The consent is withdrawn.")

    def load(self) -> None:
        super().load()
        consent = queries.consents_of(self.actor, self.pupil).first()
        if consent is None:
            raise Http404
        self.consent_id = consent.pk

    def initial(self) -> dict[str, Any]:
        return {"withdrawn_on": today(), "channel": Channel.SPOKEN}

    def act(self, form: Any) -> Any:
        return actions.withdraw_consent(consent_id=self.consent_id, by=self.actor, **form.values())


class RegisterMembers(OfSchool, FormPage):
    """For the library: whose membership it must still make, and that it did."""

    right = CONSENT
    shows_names = True
    template_name = "pupils/register.html"
    form_class = forms.RegisterForm
    title = _("Register members")
    lead = _("These parents said yes. Make the memberships in the system of the library, then note it here.")
    submit_label = _("These are members now")

    def enter(self, actor: Any) -> None:
        super().enter(actor)
        if actor.unit_kind not in AT_LIBRARY:
            raise Http404

    @cached_property
    def waiting(self) -> list[Any]:
        return queries.waiting_members(self.actor, self.location)

    def form_kwargs(self) -> dict[str, Any]:
        return {"children": [(pupil.pk, str(pupil)) for pupil, _consent in self.waiting]}

    def initial(self) -> dict[str, Any]:
        return {"registered_on": today()}

    def act(self, form: Any) -> int:
        values = form.values()
        return actions.register_members(
            values["pupils"], registered_on=values["registered_on"], by=self.actor
        )

    def done_message(self, result: int) -> str:
        words = ngettext("%(number)s child is a member now.", "%(number)s children are members now.", result)
        return words % {"number": result}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, waiting=self.waiting)

    def back_url(self) -> str:
        return reverse("pupils:consents", args=[self.location.code])


class ConsentTextPage(OfSchool, Page):
    """What parents are asked, in the language of `?taal=`: to copy, to print, to put on the enrolment form."""

    template_name = "pupils/consent_text.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = queries.consent_text()
        text = queries.text_in(item, self.request.GET.get("taal", ""))
        return super().get_context_data(
            **kwargs, item=item, texts=item.body.texts, text=text, mark=queries.text_mark(item)
        )
