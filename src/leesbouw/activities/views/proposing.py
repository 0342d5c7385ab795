"""From the year plans to the diary of one colleague: ask for a proposal, then accept, shift, split or drop."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import AMSTERDAM, today
from leesbouw.people.models import StaffMember
from leesbouw.ui.pages import FormPage, PostPage

from .. import actions, forms, queries
from ..models import Proposal
from ..permissions import EDIT_VISITS


class _OfMine:
    """A page about what was proposed to the actor herself."""

    permission = EDIT_VISITS
    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def staff(self) -> StaffMember:
        me = queries.me_as_staff(self.actor)
        if me is None:
            raise Http404
        return me

    @cached_property
    def proposal(self) -> Proposal:
        found = queries.proposals_of(self.actor, self.staff).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def back_url(self) -> str:
        return reverse("activities:proposal")


class ProposalPage(_OfMine, FormPage):
    """How one works, and what was proposed."""

    template_name = "activities/proposal.html"
    form_class = forms.RhythmForm
    title = _("From the year plans to your diary")
    lead = _(
        "We look for a day for everything that your schools planned. You shift, split or drop; nothing happens by itself."
    )
    submit_label = _("Make a proposal")
    done = _("We look for places. In a moment the proposal stands here.")

    def load(self) -> None:
        if not self.staff:
            raise Http404

    def initial(self) -> dict[str, Any]:
        row = queries.rhythm_of(self.actor, self.staff)
        usual = queries.as_rhythm(row) if row else queries.USUAL
        return {
            "days": sorted(str(day) for day in usual.days),
            "begins": usual.begins,
            "ends": usual.ends,
            "most": usual.most,
            "travel": usual.travel,
            "travel_near": usual.near,
            "travel_far": usual.far,
            "region": row.region if row else "",
        }

    def act(self, form: Any) -> Any:
        rhythm = actions.RhythmRow(**form.values())
        return actions.order_proposal(staff=self.staff, rhythm=rhythm, by=self.actor, url=self.back_url())

    def done_url(self, result: Any) -> str:
        return self.back_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposed = queries.proposed_to(self.actor, self.staff)
        return super().get_context_data(
            proposed=proposed,
            has_proposal=proposed.count or proposed.refused,
            has_asked=queries.rhythm_of(self.actor, self.staff) is not None,
            assumed=queries.assumed_for(self.actor, self.staff),
            **kwargs,
        )


class Accept(_OfMine, PostPage):
    """All that has a day becomes a visit."""

    def act(self, form: Any) -> Any:
        rows = queries.proposals_of(self.actor, self.staff).exclude(starts_at=None)
        ids = list(rows.values_list("pk", flat=True))
        return actions.accept_proposals(ids=ids, by=self.actor) if ids else []

    def done_message(self, result: Any) -> str:
        number = len(result)
        text = ngettext(
            "%(number)s visit stands in your diary.", "%(number)s visits stand in your diary.", number
        )
        return text % {"number": number}


class AcceptOne(_OfMine, PostPage):
    done = _("The visit stands in your diary.")

    def act(self, form: Any) -> Any:
        return actions.accept_proposals(ids=[self.proposal.pk], by=self.actor)


class Shift(_OfMine, FormPage):
    form_class = forms.ShiftForm
    template_name = "activities/form.html"
    title = _("Another day or hour")
    done = _("The proposal is shifted.")

    def load(self) -> Proposal:
        self.__dict__.pop("proposal", None)  # read anew inside the write
        return self.proposal

    @property
    def lead(self) -> str:  # type: ignore[override]
        return f"{self.proposal.unit.name}: {self.proposal.activity.what}"

    def initial(self) -> dict[str, Any]:
        row = self.object
        if not row.starts_at:
            return {"day": row.activity.from_on or today()}
        begin, end = row.starts_at.astimezone(AMSTERDAM), row.ends_at.astimezone(AMSTERDAM)
        return {"day": begin.date(), "begins": begin.time(), "ends": end.time()}

    def act(self, form: Any) -> Proposal:
        return actions.shift_proposal(
            proposal=self.object, **form.times(), version=form.sent_version, by=self.actor
        )


class Split(_OfMine, PostPage):
    done = _("Two shorter visits; the second is a week later.")

    def act(self, form: Any) -> Proposal:
        return actions.split_proposal(proposal=self.proposal, by=self.actor)


class Drop(_OfMine, PostPage):
    done = _("Dropped. A next proposal asks it again.")

    def act(self, form: Any) -> int:
        return actions.drop_proposals(ids=[self.proposal.pk], by=self.actor)
