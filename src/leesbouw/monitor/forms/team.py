"""Forms of the team session. Both take words about reading at a school, in which no child may be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import CarefulForm, TextField

from ..domain.team import LONGEST_NOTE, LONGEST_WORDS
from ..enums import NoteKind
from ..models import TalkingPoint

NO_NAMES = _("Write no names of children.")


class NoteForm(CarefulForm):
    kind = forms.ChoiceField(
        label=_("How do you know it?"), choices=NoteKind.choices, widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(label=_("What is it about?"))
    text = TextField(label=_("What do you know?"), max_length=LONGEST_NOTE, help_text=NO_NAMES)

    def __init__(self, *args: Any, topics: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(topics.items())

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "topic", "text")}


class ChooseForm(CarefulForm):
    """Which points the team goes on with, and each in its words. `proposed`: the words to begin with, by id."""

    def __init__(
        self, *args: Any, points: Iterable[TalkingPoint], proposed: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for one in self.points:
            self.fields[f"kies-{one.pk}"] = forms.BooleanField(label=_("We go on with this"), required=False)
            self.fields[f"woorden-{one.pk}"] = TextField(
                label=_("In our words"),
                max_length=LONGEST_WORDS,
                required=False,
                initial=proposed.get(one.pk),
                widget=forms.Textarea({"rows": 2}),
            )

    @property
    def choices(self) -> list[tuple[TalkingPoint, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"kies-{one.pk}"], self[f"woorden-{one.pk}"]) for one in self.points]

    def said(self, cleaned: Mapping[str, Any]) -> list[str]:
        return list(self.kept(cleaned).values())

    def kept(self, cleaned: Mapping[str, Any]) -> dict[int, str]:
        """The chosen points with their words, in the order of the page."""
        return {
            one.pk: str(cleaned.get(f"woorden-{one.pk}") or "")
            for one in self.points
            if cleaned.get(f"kies-{one.pk}")
        }
