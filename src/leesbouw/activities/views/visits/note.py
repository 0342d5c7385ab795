"""What one gives back to the teacher after a visit."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.ui.pages import FormPage

from ... import actions, forms, queries
from ...models import Visit
from ...permissions import EDIT_VISITS
from .base import OfVisit, may_edit


class GroupNote(OfVisit, FormPage):
    """A note about the group for the teacher; the school reads it."""

    permission = EDIT_VISITS
    template_name = "activities/note.html"
    form_class = forms.GroupNoteForm
    title = _("A note for the teacher")
    done = _("Saved. The school reads this.")

    def load(self) -> Visit:
        visit = super().load()
        if not may_edit(self.actor) or visit.is_cancelled or visit.day > today():  # type: ignore[attr-defined]
            raise Http404
        self.note = queries.group_note_of(self.actor, visit)
        return visit

    def initial(self) -> dict[str, Any]:
        return {"text": self.note.text if self.note else ""}

    def form_kwargs(self) -> dict[str, Any]:
        return {"find_names": self.find_names}

    def act(self, form: Any) -> Any:
        return actions.write_group_note(visit=self.object, text=form.cleaned_data["text"], by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(visit=self.object, **kwargs)
