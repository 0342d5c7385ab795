"""Moving a school up: who stays in its year is ticked, and only who cannot be placed is asked about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.numbers import whole_of
from leesbouw.organisations.models import ClassGroup
from leesbouw.ui.forms import Form, QuickSelect

from ..domain import LEAVES, Choices, Doubt
from ..queries import Moving

WHY = {
    Doubt.NO_GROUP: _("was in no group"),
    Doubt.NO_YEAR: _("comes from a combination group; her year is not known"),
    Doubt.NO_FOLLOWER: _("no group follows, or several do"),
    Doubt.STAYS: _("stays in her year; there is not exactly one such group"),
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of last year: how many go where, who can be ticked, and the choice for all of it when nothing follows."""

    group: ClassGroup
    parts: list[tuple[str, int]]  # (where to, how many)
    children: list[tuple[int, str]]
    whole: forms.BoundField | None


class MoveUpForm(Form):
    """Choices with which everybody has a place. Fields for doubts appear once the ticks are known."""

    def __init__(self, *args: Any, todo: Moving, names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.todo, self.names = todo, names
        self.places = [(group.pk, group.name) for group in todo.coming]
        self.fields["stays"] = forms.TypedMultipleChoiceField(
            label=_("Who stays in the same year?"),
            choices=[(child.id, names.get(child.id, "")) for child in todo.children],
            coerce=int,
            required=False,
        )
        for pk in self._without_follower():
            name = next(group.name for group in todo.last if group.pk == pk)
            self._ask(f"group-{pk}", _("All of %(name)s") % {"name": name})
        self.plan = todo.plan(self.choices_sent())
        for pk in self.plan.doubts:
            if f"group-{self._group_of(pk)}" not in self.fields or self.plan.doubts[pk] == Doubt.STAYS:
                self._ask(f"child-{pk}", names.get(pk, ""))
        for pk in self._numbers("child-"):  # a child that was asked about stays on the page, with its answer
            if f"child-{pk}" not in self.fields and pk in names:
                self._ask(f"child-{pk}", names[pk])
        self.order_fields([name for name in self.fields if name not in ("request_id", "version", "begin")])

    def _without_follower(self) -> list[int]:
        """Groups of which somebody has no place because no group follows: one question for all of them."""
        followed = {group.follows_id for group in self.todo.coming}
        doubts = self.todo.plan().doubts
        asked = {child.group_id for child in self.todo.children if doubts.get(child.id) == Doubt.NO_FOLLOWER}
        return [group.pk for group in self.todo.last if group.pk in asked - followed]

    def _group_of(self, pk: int) -> int | None:
        return next((child.group_id for child in self.todo.children if child.id == pk), None)

    def _ask(self, name: str, label: Any) -> None:
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            choices=[("", _("Choose a group")), *self.places, (LEAVES, _("Leaves the school"))],
            widget=QuickSelect,
            coerce=int,
            empty_value=None,
            required=False,
        )

    def _numbers(self, prefix: str) -> list[int]:
        """Ids of the fields that came in with an answer."""
        found = []
        for name in self.data if self.is_bound else ():
            rest = name.removeprefix(prefix)
            if name.startswith(prefix) and self.data.get(name):
                found += whole_of([rest])
        return found

    def choices_sent(self) -> Choices:
        """What came in, before it is cleaned: decides which questions there are."""
        if not self.is_bound:
            return Choices()
        return Choices(
            stays=frozenset(whole_of(self.data.getlist("stays") if hasattr(self.data, "getlist") else ())),
            children=self._answers("child-"),
            groups=self._answers("group-"),
        )

    def _answers(self, prefix: str) -> dict[int, int]:
        places = {pk for pk, _name in self.places} | {LEAVES}
        found = {}
        for pk in self._numbers(prefix):
            for answer in whole_of([self.data.get(f"{prefix}{pk}")]):
                if answer in places:
                    found[pk] = answer
        return found

    def clean(self) -> dict[str, Any]:
        """Everybody has a place; who has none is named at her own line."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for pk in self.plan.doubts:
            name = f"child-{pk}" if f"child-{pk}" in self.fields else f"group-{self._group_of(pk)}"
            if name not in self.errors:
                self.add_error(name, ValidationError(_("Choose a group, or that the child leaves.")))
        return found

    def lines(self) -> list[GroupLine]:
        """Last year's groups in order, each with what happens to it."""
        group_names = dict(self.places)
        lines, members = [], self._members()
        leaving = set(self.plan.leaves)
        for group in self.todo.last:
            mine = members.get(group.pk, [])
            if not mine:
                continue
            moves = Counter(self.plan.moves[pk][0] for pk in mine if pk in self.plan.moves)
            parts = [
                (group_names[pk], count)
                for pk, count in sorted(moves.items(), key=lambda one: group_names[one[0]])
            ]
            leaves = sum(pk in leaving for pk in mine)
            parts += [(str(_("leave the school")), leaves)] if leaves else []
            doubts = sum(pk in self.plan.doubts for pk in mine)
            parts += [(str(_("to be chosen")), doubts)] if doubts else []
            name = f"group-{group.pk}"
            children = sorted(
                ((pk, self.names.get(pk, "")) for pk in mine), key=lambda one: one[1].casefold()
            )
            lines.append(GroupLine(group, parts, children, self[name] if name in self.fields else None))
        return lines

    def _members(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for child in self.todo.children:
            found.setdefault(child.group_id, []).append(child.id)
        return found

    def questions(self) -> list[tuple[forms.BoundField, Any]]:
        """One choice for each child that cannot be placed, with the reason."""
        asked = [int(name.removeprefix("child-")) for name in self.fields if name.startswith("child-")]
        return [
            (self[f"child-{pk}"], WHY[self.plan.doubts[pk]] if pk in self.plan.doubts else "") for pk in asked
        ]

    def ticked(self) -> set[int]:
        """Who was ticked as staying."""
        return set(self.choices_sent().stays)

    def summary(self) -> str:
        """What the button will do, in a sentence."""
        moves, leaves = len(self.plan.moves), len(self.plan.leaves)
        up = ngettext("%(count)s pupil goes to a new group", "%(count)s pupils go to a new group", moves)
        out = ngettext("%(count)s leaves the school", "%(count)s leave the school", leaves)
        return f"{up % {'count': moves}}, {out % {'count': leaves}}."
