"""What a school does itself for its learning goals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from leesbouw.ui.forms import Form

from ..queries import LearningArea

GOAL = "leerdoel_"  # before the code of a learning goal: its field


class LearningOursForm(Form):
    """For each learning goal the year groups in which the school works on it itself."""

    def __init__(
        self,
        *args: Any,
        areas: Sequence[LearningArea],
        groups: Collection[int],
        ours: Collection[tuple[str, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        for goal in (goal for area in areas for goal in area.goals):
            self.fields[GOAL + goal.code] = forms.TypedMultipleChoiceField(
                label=goal.name,
                help_text=goal.text,
                choices=[(group, str(group)) for group in goal.groups if group in groups],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[group for code, group in ours if code == goal.code],
            )

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each area."""
        return [(area.name, [self[GOAL + goal.code] for goal in area.goals]) for area in self.areas]

    def ours(self) -> list[tuple[str, int]]:
        """What `actions.mark_learning` takes."""
        return [
            (name.removeprefix(GOAL), group)
            for name, groups in self.cleaned_data.items()
            if name.startswith(GOAL)
            for group in groups
        ]
