"""Keeping, renaming and deleting a selection of a list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from ..actions import delete_view, rename_view, save_view
from ..forms import Form, RenameForm, SaveViewForm
from ..models import SavedView
from ..queries import own_view
from ..viewquery import view_query
from .base import safe_next
from .forms import FormPage, PostPage


class SaveView(FormPage):
    """Keeps the selection somebody sees. Without a name it asks for one."""

    form_class = SaveViewForm
    title = _("Keep this selection")
    submit_label = _("Keep")
    done = _("The selection is kept. You find it above the list.")

    def initial(self) -> dict[str, Any]:
        return {"page": self.request.GET.get("page", ""), "query": self.request.GET.get("query", "")}

    def act(self, form: Form) -> SavedView:
        values = form.values()
        query = view_query(QueryDict(values.pop("query")))
        return save_view(query=query, by=self.actor, **values)

    def done_url(self, result: SavedView) -> str:
        path = safe_next(self.request, "/").split("?")[0]
        return f"{path}?{result.query}" if result.query else path


class _OfOneView:
    """The selection named in the address; somebody else's does not exist."""

    kwargs: dict[str, Any]
    actor: Any

    def load(self) -> SavedView:
        try:
            return own_view(self.actor, self.kwargs["pk"])
        except SavedView.DoesNotExist:
            raise Http404 from None


class RenameView(_OfOneView, FormPage):
    form_class = RenameForm
    title = _("Rename this selection")
    done = _("The selection has a new name.")

    def initial(self) -> dict[str, Any]:
        return {"name": self.object.name}

    def act(self, form: Form) -> SavedView:
        return rename_view(view=self.object, name=form.cleaned_data["name"], by=self.actor)


class DeleteView(_OfOneView, PostPage):
    done = _("The selection is deleted.")

    def act(self, form: Form) -> None:
        delete_view(view=self.object, by=self.actor)
