"""Pages behind a link: an invitation, the first library, one task. Opening shows; only sending acts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import FormPage

from ..actions import accept_invitation, perform_task, send_code, set_up
from ..adapter import sign_in
from ..forms.links import AcceptForm, SetUpForm, TaskCodeForm
from ..models import Invitation, TaskLink
from ..permissions import role
from ..queries import (
    actor_of_link,
    invitation_by_token,
    person,
    set_up_by_token,
    task_link_by_token,
    task_link_just_done,
    user_by_email,
)
from ..tasks import Task, tasks
from .signing_in import dead_link


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password", "again"), name="dispatch")
class LinkPage(FormPage):
    """A form page for whoever holds the link. `find(token)` gives what hangs on it; without that the link is dead."""

    link: Any = None

    def find(self, token: str) -> Any:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.link = self.find(kwargs["token"])
        if self.link is None:
            return dead_link(request)
        request.actor = request.actor or Actor(kind="link", role=f"{type(self.link).__name__}:{self.link.pk}")
        return super().dispatch(request, *args, **kwargs)

    def tell(self, text: Any, events: Any) -> None:
        """The page that follows says enough."""


class AcceptInvitation(LinkPage):
    """Makes the account, or adds the role to the account that the address has."""

    template_name = "accounts/invitation.html"
    submit_label = _("Make my account")

    def find(self, token: str) -> Invitation | None:
        found = invitation_by_token(token)
        if found is None or found.unit is None or role(found.role) is None:
            return None
        self.known = user_by_email(found.email)
        return found

    @property
    def is_me(self) -> bool:
        """Whether the person who is signed in is the one who was invited."""
        return self.known is not None and self.request.user == self.known

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        return Form if self.known else AcceptForm

    def form_kwargs(self) -> dict[str, Any]:
        return {} if self.known else {"address": self.link.email}

    def initial(self) -> dict[str, Any]:
        return {} if self.known else {"name": self.link.name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated != bool(self.known) or (self.known and not self.is_me):
            return self.get(request, *args, **kwargs)  # the page says whose invitation it is
        return super().post(request, *args, **kwargs)

    def act(self, form: Form) -> Any:
        token = self.kwargs["token"]
        if self.known:
            return accept_invitation(token=token, user=self.known, by=person(self.known))
        values = form.values()
        return accept_invitation(token=token, by=self.actor, name=values["name"], password=values["password"])

    def write(self, form: Form) -> HttpResponse:
        was_known = self.known is not None
        answer = super().write(form)
        user = user_by_email(self.link.email)
        if was_known or user is None:
            return answer
        return sign_in(self.request, user, how="password")

    def done_url(self, result: Any) -> str:
        return "/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body = role(self.link.role)
        return super().get_context_data(
            invitation=self.link,
            role=body,
            known=self.known,
            is_me=self.is_me,
            somebody_else=self.request.user.is_authenticated and not self.is_me,
            sign_in_url=f"{reverse('account_login')}?next={self.request.path}",
            **kwargs,
        )


class SetUp(LinkPage):
    """Makes the first library and its administrator, and signs her in."""

    template_name = "accounts/set_up.html"
    form_class = SetUpForm
    submit_label = _("Make the library")

    def find(self, token: str) -> Invitation | None:
        return set_up_by_token(token)

    def act(self, form: Form) -> Any:
        values = form.values()
        values.pop("again")
        self.made = set_up(token=self.kwargs["token"], by=self.actor, **values)
        return self.made

    def write(self, form: Form) -> HttpResponse:
        answer = super().write(form)
        if not hasattr(self, "made"):
            return answer
        logout(self.request)
        return sign_in(self.request, self.made, how="password")

    def done_url(self, result: Any) -> str:
        return "/"


@method_decorator(never_cache, name="dispatch")
class DoTask(View):
    """What one person is asked to do. Opening shows it; sending does it, once. A binding task first mails a code."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = task_link_by_token(kwargs["token"])
        if link is None or link.task not in tasks:
            return self.done_before(request, kwargs["token"]) or dead_link(request)
        self.link: TaskLink = link
        self.task: Task = tasks[link.task]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(self.answers())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if "send_code" in request.POST:
            return self.send_code(token)
        answers = self.answers(request.POST)
        code = TaskCodeForm(request.POST) if self.link.binding else None
        sound = [form.is_valid() for form in (answers, code) if form is not None]
        if not all(sound):
            return self.show(answers, code)
        try:
            task, given = perform_task(
                token=token,
                answers=answers.cleaned_data if answers is not None else None,
                code=code.cleaned_data["code"] if code else "",
            )
        except Sentence as sentence:
            return self.done_before(request, token) or self.show(answers, code, str(sentence))
        context = {"link": self.link, "task": task, "given": given}
        return render(request, "accounts/task_done.html", context)

    def done_before(self, request: HttpRequest, token: str) -> HttpResponse | None:
        """The answer to the second press of the button: the same as to the first."""
        link = task_link_just_done(token) if request.method == "POST" else None
        if link is None or link.task not in tasks:
            return None
        return render(request, "accounts/task_done.html", {"link": link, "task": tasks[link.task]})

    def send_code(self, token: str) -> HttpResponse:
        try:
            send_code(token=token)
        except Sentence as sentence:
            return self.show(self.answers(), None, str(sentence))
        return HttpResponseRedirect(self.request.path)

    def answers(self, data: Any = None) -> Any:
        """The form of this kind of task; None when it asks nothing but a yes."""
        if self.task.form_class is None:
            return None
        if data is not None:
            return self.task.form_class(data)
        return self.task.form_class(initial=self.more().get("initial"))

    def more(self) -> dict[str, Any]:
        if self.task.context is None:
            return {}
        return self.task.context(by=actor_of_link(self.link, self.task.permissions), link=self.link)

    def show(self, answers: Any, code: TaskCodeForm | None = None, mistake: str = "") -> HttpResponse:
        context = {
            "link": self.link,
            "task": self.task,
            "answers": answers,
            "code_form": code or TaskCodeForm(),
            "asks_code": self.link.binding and self.link.is_waiting_for_code,
            "mistake": mistake,
            **self.more(),
        }
        return render(self.request, "accounts/task.html", context)
