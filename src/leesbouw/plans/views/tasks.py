"""Who does what between library and school in a year, and that both agree."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.rendering.sheets import file_name
from leesbouw.ui.export import pdf_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..permissions import EDIT_PLANS
from .goals import OfPlan


class _OfTasks(OfPlan):
    """A page about the division of tasks of the location in the address."""

    @cached_property
    def division(self) -> queries.Division:
        try:
            return queries.division_of(self.actor, self.unit, self.year)
        except LookupError:
            raise Http404 from None

    def back_url(self) -> str:
        return queries.tasks_url(self.unit) + self.in_year


class Tasks(_OfTasks, Page):
    """The list, how both sides stand towards it, and who changed what."""

    template_name = "plans/tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = queries.my_side(self.actor)
        stand = {side: accord for side, accord, _told in self.division.sides}
        may_write = self.may_write()
        return super().get_context_data(
            **kwargs,
            division=self.division,
            may_agree=may_write and stand[mine] != "yes",
            plans_url=queries.plans_url(self.unit),
        )


class TasksEdit(_OfTasks, FormPage):
    permission = EDIT_PLANS
    template_name = "plans/tasks_form.html"
    form_class = forms.TasksForm
    title = _("Who does what?")
    lead = _("Choose for each task who does it. Did somebody agree before? Then we ask her again.")
    done = _("Saved. Both sides can agree with the list now.")

    def load(self) -> queries.Division:
        self.__dict__.pop("division", None)  # read anew inside the write
        if not self.may_write():
            raise Http404
        return self.division

    def form_kwargs(self) -> dict[str, Any]:
        return {"unit": self.unit, "division": self.division, "find_names": self.find_names}

    def act(self, form: Any) -> queries.Division:
        return actions.divide_tasks(unit=self.unit, year=self.year, by=self.actor, **form.division())


class TasksAgree(_OfTasks, PostPage):
    permission = EDIT_PLANS
    done = _("You agree with this list.")

    def load(self) -> None:
        if not self.may_write():
            raise Http404

    def act(self, form: Any) -> Any:
        return actions.agree_tasks(unit=self.unit, year=self.year, by=self.actor)


class TasksPdf(_OfTasks, Page):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = queries.tasks_document(self.unit, self.division)
        name = file_name(self.unit.name, f"{_('division of tasks')} {self.year}", today(), "pdf")
        return pdf_answer(document, name)
