"""Who teaches a group."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import ClassGroup
from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..models import GroupTeacher
from ..permissions import EDIT_CONTACTS


class GroupTeachers(FormPage):
    """The teachers of a group and their days; two are duo partners."""

    permission = EDIT_CONTACTS
    template_name = "people/form.html"
    form_class = forms.TeachersForm
    title = _("Who teaches this group?")
    lead = _("Choose from the contacts of this location. Two teachers are duo partners.")
    done = _("Noted who teaches this group.")
    group: ClassGroup

    def load(self) -> None:
        try:
            self.group = queries.group_by_id(self.actor, self.kwargs["pk"])
        except ClassGroup.DoesNotExist:
            raise Http404 from None

    def form_kwargs(self) -> dict[str, Any]:
        return {"group": self.group, "contacts": queries.contacts_at(self.actor, self.group.location_id)}

    def initial(self) -> dict[str, Any]:
        teachers = queries.group_teachers(self.actor, [self.group])[0].teachers
        values: dict[str, Any] = {}
        for number, (contact, days) in enumerate(teachers[: forms.MOST_TEACHERS]):
            values[f"teacher{number}"], values[f"days{number}"] = contact.pk, days
        return values

    def act(self, form: Any) -> list[GroupTeacher]:
        rows = [actions.TeacherRow(contact, days) for contact, days in form.teachers()]
        return actions.set_group_teachers(group=self.group, rows=rows, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(group=self.group, **kwargs)

    def back_url(self) -> str:
        return f"{self.group.location.get_absolute_url()}groepen/?jaar={self.group.year}"
