"""Actions: the list, one action, and what one does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.errors import Sentence
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import contacts_at, staff_today, unit_by_wish, units_to_choose
from leesbouw.ui.pages import BulkAction, Empty, FormPage, ListPage, Page, PostPage, Preset, chosen
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..domain import Due
from ..enums import Side
from ..models import Action
from ..permissions import EDIT_ACTIONS, VIEW_ACTIONS

UNIT_PARAM = "eenheid"


class ActionList(ListPage):
    """What is still to be done: one's own, the whole library's, or about one organisation."""

    template_name = "plans/list.html"
    permission = VIEW_ACTIONS
    export_permission = "ui.export"
    page = "plans.actions"
    title = _("Actions")
    export_name = _("actions")
    table_class = tables.ActionTable
    filterset_class = forms.ActionFilters

    def rows(self, request: HttpRequest) -> QuerySet[Action]:
        return queries.actions_for(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor}

    def bulk_actions(self) -> Sequence[BulkAction]:
        if not self.actor.may(EDIT_ACTIONS) or self.request.GET.get(forms.DUE_PARAM) == Due.DONE:
            return ()
        return (
            BulkAction(_("These are done"), reverse("plans:actions-done"), "ok"),
            BulkAction(_("Take off the list"), reverse("plans:actions-drop"), "delete"),
        )

    @property
    def presets(self) -> Sequence[Preset]:  # type: ignore[override]
        own = _("Our own") if self.actor.unit_kind == UnitKind.LOCATION else _("Mine")
        return (
            Preset(own, f"wie={forms.MINE}"),
            Preset(_("Too late"), f"termijn={Due.LATE}"),
            Preset(_("Done"), f"termijn={Due.DONE}"),
        )

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("Nothing to do"),
            _("What you agree in a talk stands here, with who does it and when."),
            reverse("plans:action-new") if self.actor.may(EDIT_ACTIONS) else "",
            _("Add an action"),
        )

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s action", "%(number)s actions", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"add_url": reverse("plans:action-new") if self.actor.may(EDIT_ACTIONS) else ""}


class OfAction:
    """A page about the action in the address."""

    actor: Any
    kwargs: dict[str, Any]

    def load(self) -> Action:
        try:
            return queries.action_by_id(self.actor, self.kwargs["pk"])
        except Action.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("plans:action-detail", args=[self.kwargs["pk"]])


class ActionDetail(OfAction, Page):
    template_name = "plans/action.html"
    permission = VIEW_ACTIONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = self.load()
        due = queries.state_of(action)
        return super().get_context_data(
            **kwargs,
            action=action,
            completion=getattr(action, "completion", None),
            due=due,
            due_label=forms.DUE_LABELS[due],
            due_tag=tables.TAGS.get(due, "neutral"),
            side=queries.side_label(self.actor, action),
            may_edit=queries.may_write(self.actor, action),
        )


class _ActionForm(FormPage):
    permission = EDIT_ACTIONS
    template_name = "plans/form.html"
    form_class = forms.ActionForm
    unit: Unit

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "staff": list(staff_today(self.actor)),
            "contacts": contacts_at(self.actor, self.unit.pk),
            "sides": queries.sides_for(self.actor),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, **kwargs)


class ActionNew(_ActionForm):
    """About which organisation, and then what."""

    title = _("Add an action")
    submit_label = _("Add")
    done = _("The action is added.")

    def load(self) -> None:
        wish = self.request.GET.get(UNIT_PARAM)
        if self.actor.unit_kind == UnitKind.LOCATION:
            wish = self.actor.unit_id
        try:
            self.unit = unit_by_wish(self.actor, wish)
        except Unit.DoesNotExist:
            raise Http404 from None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.actor.unit_kind != UnitKind.LOCATION and UNIT_PARAM not in request.GET:
            context = {
                "title": self.title,
                "units": units_to_choose(self.actor),
                "template": "plans/choose_unit.html",
            }
            return self.render_to_response(context)
        return super().get(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        return {"side": Side.PARTNER if self.actor.unit_kind == UnitKind.LOCATION else Side.LIBRARY}

    def act(self, form: Any) -> Action:
        return actions.add_action(actions.ActionRow(unit_id=self.unit.pk, **form.values()), by=self.actor)

    def back_url(self) -> str:
        return reverse("plans:action-list")


class ActionEdit(OfAction, _ActionForm):
    title = _("Change this action")
    done = _("Saved.")

    def load(self) -> Action:
        action = super().load()
        self.unit = action.unit
        return action

    def initial(self) -> dict[str, Any]:
        action = self.object
        return {
            "what": action.what,
            "side": action.side,
            "who": queries.doer_value(action),
            "due_on": action.due_on,
        }

    def act(self, form: Any) -> Action:
        change = actions.ActionChange(**form.values())
        return actions.change_action(
            action=self.object, change=change, version=form.sent_version, by=self.actor
        )


class ActionDone(OfAction, PostPage):
    """One press: done today. The message takes it back."""

    permission = EDIT_ACTIONS

    def act(self, form: Any) -> Action:
        return actions.complete_action(action=self.object, by=self.actor)

    def done_message(self, result: Action) -> str:
        return _now("Done: %(what)s") % {"what": result.what}


class ActionDoneOn(OfAction, FormPage):
    """Done on another day, or with a word about what came of it."""

    permission = EDIT_ACTIONS
    template_name = "plans/form.html"
    form_class = forms.DoneForm
    title = _("This is done")
    done = _("Noted that it is done.")

    def act(self, form: Any) -> Action:
        return actions.complete_action(action=self.object, by=self.actor, **form.values())


class ActionOpen(OfAction, PostPage):
    permission = EDIT_ACTIONS
    done = _("The action is open again.")

    def act(self, form: Any) -> None:
        actions.reopen_actions(ids=[self.object.pk], by=self.actor)


class ActionDrop(OfAction, PostPage):
    """Nobody will do it; the message takes it back."""

    permission = EDIT_ACTIONS
    done = _("The action is taken off the list.")

    def load_again(self) -> Action | None:
        """A second send finds nothing any more; the first answer is found by its id."""
        try:
            return self.load()
        except Http404:
            if self.request.POST.get("request_id"):
                return None
            raise

    def act(self, form: Any) -> None:
        actions.drop_actions(ids=[self.object.pk], by=self.actor)

    def done_url(self, result: None) -> str:
        return reverse("plans:action-list")


class _OfChosen(PostPage):
    """What one does at once with every action that was ticked on the list; the message takes it back."""

    permission = EDIT_ACTIONS

    def back_url(self) -> str:
        return reverse("plans:action-list")

    def ticked(self) -> list[int]:
        """Raises Sentence when nothing was ticked."""
        if ids := chosen(self.request):
            return ids
        raise Sentence(_("Choose at least one action first."))


class ActionsDone(_OfChosen):
    def act(self, form: Any) -> int:
        return len(actions.complete_actions(self.ticked(), by=self.actor))

    def done_message(self, result: int) -> str:
        if not result:
            return _now("This was already done.")
        return ngettext("%(number)s action is done.", "%(number)s actions are done.", result) % {
            "number": result
        }


class ActionsDrop(_OfChosen):
    def act(self, form: Any) -> int:
        return len(actions.drop_actions(ids=self.ticked(), by=self.actor))

    def done_message(self, result: int) -> str:
        text = ngettext("%(number)s action is off the list.", "%(number)s actions are off the list.", result)
        return text % {"number": result}
