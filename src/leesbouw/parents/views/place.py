"""Partnership with parents at one location: its talks, its plan, what parents wish, and the five conditions."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location
from leesbouw.plans.queries import may_write_plans, parent_group_names
from leesbouw.pupils.queries import first_names_in
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..domain import OF_LIBRARY
from ..enums import Present, TalkKind
from ..models import ConditionCheck, ParentTalk, ParentWish, PlanDiscussion
from ..permissions import EDIT_PARENTS, VIEW_PARENTS


class _OfPlace:
    """A page about the location in the address."""

    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def location(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    @cached_property
    def library_id(self) -> int:
        found = queries.library_for(self.actor, self.location)
        if found is None:
            raise Http404
        return found

    def back_url(self) -> str:
        return queries.place_url(self.location)

    def find_names(self, text: str) -> list[str]:
        return first_names_in(self.actor, self.location, text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(location=self.location, **kwargs)  # type: ignore[misc]


class PlacePage(_OfPlace, Page):
    """Everything about parents at this location, in the order of the steps."""

    permission = VIEW_PARENTS
    template_name = "parents/place.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = parent_group_names()
        found = queries.place_page(self.actor, self.location, self.year)
        return super().get_context_data(
            **kwargs,
            page=found,
            wishes=[(wish, names.get(wish.group, wish.group)) for wish in found.wishes],
            kinds=[TalkKind.START, TalkKind.DEEPENING, TalkKind.SCHOOL],
            may_write=queries.may_write(self.actor, self.location),
            may_plan=may_write_plans(self.actor, self.location, self.year),
        )


class _PlaceForm(_OfPlace, FormPage):
    permission = EDIT_PARENTS
    template_name = "parents/form.html"

    def load(self) -> None:
        if not queries.may_write(self.actor, self.location):
            raise Http404

    def target(self) -> dict[str, Any]:
        return {"library_id": self.library_id, "location": self.location, "by": self.actor}


class _CarefulPlaceForm(_PlaceForm):
    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.find_names}


class TalkPlan(_PlaceForm):
    """Plans a talk here, if wanted with another location at the table."""

    form_class = forms.PlanForm
    submit_label = _("Plan the talk")
    done = _("The talk is planned.")

    @cached_property
    def kind(self) -> TalkKind:
        if self.kwargs["kind"] not in set(TalkKind.values) - set(OF_LIBRARY):
            raise Http404
        return TalkKind(self.kwargs["kind"])

    @property
    def title(self) -> Any:  # type: ignore[override]
        return self.kind.label

    def form_kwargs(self) -> dict[str, Any]:
        assert self.kind
        return {"others": list(queries.others_to_invite(self.actor, self.location))}

    def act(self, form: Any) -> ParentTalk:
        wanted = set(form.cleaned_data.get("others") or ())
        others = [one for one in queries.others_to_invite(self.actor, self.location) if str(one.pk) in wanted]
        return actions.plan_talk(
            library_id=self.library_id,
            kind=self.kind,
            locations=[self.location, *others],
            planned_on=form.cleaned_data["planned_on"],
            by=self.actor,
        )


class WishAdd(_CarefulPlaceForm):
    """What a kind of parents wishes and expects."""

    form_class = forms.WishForm
    title = _("What do parents wish and expect?")

    def act(self, form: Any) -> ParentWish:
        return actions.note_wish(wish=actions.WishRow(**form.values()), **self.target())


class WishFedBack(_OfPlace, PostPage):
    """Parents heard what is done with what they said."""

    permission = EDIT_PARENTS
    done = _("Noted that parents heard it.")

    def load(self) -> ParentWish:
        try:
            return queries.wish_by_id(self.actor, self.location, self.kwargs["pk"])
        except ParentWish.DoesNotExist:
            raise Http404 from None

    def act(self, form: Any) -> ParentWish:
        return actions.feed_back(wish=self.object, by=self.actor)


class Conditions(_CarefulPlaceForm):
    """The five conditions of partnership, as they are met today."""

    form_class = forms.ConditionForm
    title = _("How is the partnership?")

    def act(self, form: Any) -> ConditionCheck:
        return actions.check_conditions(**self.target(), **form.values())


class Discussed(_CarefulPlaceForm):
    """The activity plan was discussed."""

    form_class = forms.DiscussedForm
    title = _("The plan is discussed")

    def act(self, form: Any) -> PlanDiscussion:
        return actions.discuss_plan(**self.target(), **form.values())


class _OfTalk:
    """A page about the talk in the address."""

    actor: Any
    kwargs: dict[str, Any]
    object: Any

    def load(self) -> ParentTalk:
        try:
            return queries.talk_by_id(self.actor, self.kwargs["pk"])
        except ParentTalk.DoesNotExist:
            raise Http404 from None

    def may_write(self, talk: ParentTalk) -> bool:
        places = list(talk.locations.all())
        if not self.actor.may(EDIT_PARENTS):
            return False
        return all(one.pk in self.actor.locations for one in places) or not places


class TalkPage(_OfTalk, Page):
    """A talk: who sat there, what was said to each question, and what was agreed."""

    permission = VIEW_PARENTS
    template_name = "parents/talk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        talk = self.load()
        guide = queries.talk_guide(talk.guide_version).body
        return super().get_context_data(
            **kwargs,
            talk=talk,
            places=list(talk.locations.all()),
            present=[Present(one).label for one in talk.present],
            asked=[(one, talk.answers.get(one.code, "")) for one in guide.questions],
            asks=talk.kind in (TalkKind.START, TalkKind.DEEPENING),
            may_write=self.may_write(talk),
        )


class TalkReport(_OfTalk, FormPage):
    """Writes up a talk along the guide."""

    permission = EDIT_PARENTS
    template_name = "parents/form.html"
    form_class = forms.ReportForm
    title = _("What came of the talk?")

    def load(self) -> ParentTalk:
        talk = super().load()
        if not self.may_write(talk):
            raise Http404
        return talk

    def form_kwargs(self) -> dict[str, Any]:
        talk: ParentTalk = self.object
        return {
            "kind": TalkKind(talk.kind),
            "guide": queries.talk_guide(talk.guide_version).body,
            "find_names": self.find_names,
        }

    def find_names(self, text: str) -> list[str]:
        places = self.object.locations.all()
        return sorted({name for place in places for name in first_names_in(self.actor, place, text)})

    def initial(self) -> dict[str, Any]:
        talk: ParentTalk = self.object
        answers = {forms.QUESTION + code: text for code, text in talk.answers.items()}
        agreed = {None: "", True: "yes", False: "no"}[talk.agreed]
        held = {name: getattr(talk, name) for name in ("held_on", "present", "outcome", "next_on")}
        return answers | held | {"agreed": agreed}

    def act(self, form: Any) -> ParentTalk:
        report = actions.TalkReport(**form.values())
        return actions.hold_talk(talk=self.object, report=report, version=form.sent_version, by=self.actor)
