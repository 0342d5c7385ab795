"""Writing about a partnership: starting, changing, phases, gates, decisions, talks, checks, waiting list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today

from .. import actions, forms
from ..enums import DecisionKind, Gate, Outcome, PartnershipType
from ..permissions import DECIDE_PARTNERSHIP, EDIT_PARTNERSHIP
from .base import LibraryForm, LocationForm, PartnershipForm


class Start(LocationForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.PartnershipStartForm
    title = _("Start working together")
    lead = _("What do you agree on? You can change it later.")
    submit_label = _("Start")
    done = _("You work together from now on.")

    def load(self) -> None:
        super().load()
        self.own_library()

    def form_kwargs(self) -> dict[str, Any]:
        return {"sector": self.unit.sector}

    def initial(self) -> dict[str, Any]:
        fitting = forms.partnerships.PROGRAMMES[self.unit.sector]
        return {"type": PartnershipType.DBOS, "domains": ["reading"], "programme": fitting[0]}

    def act(self, form: Any) -> Any:
        return actions.start_partnership(
            library=self.own_library(), location=self.unit, by=self.actor, **form.values()
        )


class Change(PartnershipForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.PartnershipChangeForm
    title = _("Change the agreement")
    lead = _("Hours and money change with a decision, so that later one can see why.")
    done = _("The agreement is changed.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"sector": self.unit.sector}

    def initial(self) -> dict[str, Any]:
        row = self.object
        names = ("type", "domains", "programme", "scenario", "starts_on", "agreed_until")
        return {name: getattr(row, name) for name in names}

    def act(self, form: Any) -> Any:
        return actions.change_partnership(partnership=self.object, by=self.actor, **form.values())


class ChangePhase(PartnershipForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.PhaseForm
    title = _("Which phase are you in now?")
    lead = _("Going back is no shame: say where you really are.")
    done = _("The phase is changed.")

    def initial(self) -> dict[str, Any]:
        return {"phase": self.object.phase, "since": today()}

    def act(self, form: Any) -> Any:
        return actions.enter_phase(partnership=self.object, by=self.actor, **form.values())


class Wait(PartnershipForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.WaitingForm
    title = _("Waiting list")
    lead = _("Not all schools can start at once. Agree when it is this one's turn.")
    done = _("The waiting list is changed.")

    def initial(self) -> dict[str, Any]:
        return {"waiting_since": self.object.waiting_since, "start_wave": self.object.start_wave or ""}

    def act(self, form: Any) -> Any:
        return actions.change_partnership(partnership=self.object, by=self.actor, **form.values())


class Decide(PartnershipForm):
    permission = DECIDE_PARTNERSHIP
    form_class = forms.DecisionForm
    title = _("Record a decision")
    lead = _("Hours, money and the agreement change along with it.")
    submit_label = _("Record the decision")
    done = _("The decision is recorded.")

    def initial(self) -> dict[str, Any]:
        return {
            "kind": DecisionKind.CONTINUE,
            "decided_on": today(),
            "hours_per_year": self.object.hours_per_year,
            "agreed_until": self.object.agreed_until,
        }

    def act(self, form: Any) -> Any:
        return actions.decide_partnership(partnership=self.object, by=self.actor, **form.values())


class Check(PartnershipForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.CheckForm
    title = _("Is this cooperation or service?")
    done = _("Your answer is kept.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        text = _("Once a year you ask each other this. It is about school year %(year)s.")
        return str(text) % {"year": str(self.year).replace("-", "–")}

    def act(self, form: Any) -> Any:
        return actions.record_cooperation_check(
            partnership=self.object, year=self.year, by=self.actor, **form.values()
        )


class DecideGate(LocationForm):
    """A go / no-go question about one location."""

    permission = DECIDE_PARTNERSHIP
    form_class = forms.GateForm
    title = _("Go or no go?")
    lead = _("A “no” is an answer too: say why, and when you look at it again.")
    submit_label = _("Keep the answer")
    done = _("The answer is kept.")

    def load(self) -> None:
        super().load()
        self.own_library()

    def initial(self) -> dict[str, Any]:
        wish = self.request.GET.get("gate", "")
        gate = wish if wish in Gate.values else Gate.WANTED_AND_FEASIBLE
        return {"gate": gate, "decided_on": today()}

    def act(self, form: Any) -> Any:
        values = form.values()
        if values["outcome"] == Outcome.YES:
            values["review_on"] = None
        return actions.decide_gate(library=self.own_library(), location=self.unit, by=self.actor, **values)


class DecideLibraryGate(LibraryForm):
    """A go / no-go question about the library itself, before any school."""

    permission = DECIDE_PARTNERSHIP
    form_class = forms.GateForm
    title = DecideGate.title
    lead = DecideGate.lead
    submit_label = DecideGate.submit_label
    done = DecideGate.done

    def initial(self) -> dict[str, Any]:
        return {"gate": Gate.FITS_POLICY, "decided_on": today()}

    def act(self, form: Any) -> Any:
        values = form.values()
        if values["outcome"] == Outcome.YES:
            values["review_on"] = None
        return actions.decide_gate(library=self.unit, location=None, by=self.actor, **values)


class RecordExploratoryTalk(LocationForm):
    permission = EDIT_PARTNERSHIP
    form_class = forms.ExploratoryTalkForm
    title = _("Record an exploratory talk")
    lead = _("A first talk about working together. The Bibliotheekmonitor counts these apart.")
    done = _("The talk is kept.")

    def load(self) -> None:
        super().load()
        self.own_library()

    def initial(self) -> dict[str, Any]:
        return {"held_on": today()}

    def act(self, form: Any) -> Any:
        return actions.record_exploratory_talk(
            library=self.own_library(), location=self.unit, by=self.actor, **form.values()
        )
