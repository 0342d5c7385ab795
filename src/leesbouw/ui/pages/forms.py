"""Forms: sent twice is done once, nothing typed is ever lost, and two people editing one row meet both versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from leesbouw.core import once
from leesbouw.core.audit import AuditEvent, listening
from leesbouw.core.db import retrying, write_transaction
from leesbouw.core.errors import Sentence, Stale, check_version

from ..forms import Form, as_sent
from .base import Page, safe_next

MINE, THEIRS = "mine", "theirs"
KEEP_PREFIX = "houd-"  # names of the choices on the page with two versions


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that holds something else than the form that came in."""

    name: str
    label: str
    yours: str
    theirs: str
    choice: str  # proposed: theirs where you changed nothing


class FormPage(Page):
    """A page with one form that ends in one action.

    Say `form_class`, `title`, `act(form)` and where to go next. `load()` gives the row that is edited, read anew inside
    the write; a row with `.version` is guarded against two people editing it at once.
    """

    template_name = "ui/form_page.html"
    stale_template_name = "ui/stale.html"
    http_method_names = ["get", "head", "post", "options"]
    form_class: type[Form] = Form
    title: Any = ""
    lead: Any = ""
    submit_label: Any = gettext_lazy("Save")
    done: Any = gettext_lazy("Saved.")
    object: Any = None

    # What a page says

    def load(self) -> Any:
        """The row this form edits, as this actor may see it; None for a new one. Raises Http404."""
        return None

    def initial(self) -> dict[str, Any]:
        """The values the form begins with."""
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def act(self, form: Form) -> Any:
        """Calls the action, with `by=self.actor`. A Sentence it raises stands above the form."""
        raise NotImplementedError

    def done_message(self, result: Any) -> Any:
        return self.done

    def done_url(self, result: Any) -> str:
        return safe_next(self.request, self.back_url())

    def back_url(self) -> str:
        """Where "cancel" leads, and the end when nothing else is said."""
        address = getattr(self.object, "get_absolute_url", None)
        return address() if address else "/"

    # The way of a form

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.load()
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if earlier := once.first_answer(self.actor, request.POST.get("request_id", "")):
            return HttpResponseRedirect(earlier)  # also when the row went with the first send
        self.object = self.load()
        form = self.make_form(self.sent())
        if not form.is_valid():
            return self.show(form)
        try:
            return retrying(lambda: self.write(form))
        except Sentence as sentence:
            form.add_error(None, str(sentence))
            return self.show(form)
        except Stale:
            self.object = self.load()
            return self.show_both(form)
        except IntegrityError:
            if earlier := once.first_answer(self.actor, form.request_key):
                return HttpResponseRedirect(earlier)  # the same request ran at the same moment
            raise

    def write(self, form: Form) -> HttpResponse:
        """The action and its answer, whole or not at all."""
        with write_transaction():
            if earlier := once.first_answer(self.actor, form.request_key):
                return HttpResponseRedirect(earlier)
            self.object = self.load()
            if hasattr(self.object, "version"):
                check_version(self.object, form.sent_version)
            with listening() as events:
                result = self.act(form)
            url = self.done_url(result)
            once.remember(self.actor, form.request_key, url)
        self.tell(self.done_message(result), events)
        return HttpResponseRedirect(url)

    def tell(self, text: Any, events: list[AuditEvent]) -> None:
        """The message on the next page, with a way back when the last thing done has one."""
        if not text:
            return
        undo = f"undo:{events[-1].pk}" if events and events[-1].can_be_undone else ""
        messages.success(self.request, str(text), extra_tags=undo)

    def make_form(self, data: Any = None) -> Form:
        version = getattr(self.object, "version", None)
        files = {"files": self.request.FILES} if data is not None and self.request.FILES else {}
        return self.form_class(data, initial=self.initial(), version=version, **files, **self.form_kwargs())

    def show(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "title": self.title,
            "lead": self.lead,
            "submit_label": self.submit_label,
            "back_url": safe_next(self.request, self.back_url()),
            "next": safe_next(self.request, ""),
            "object": self.object,
        }
        return super().get_context_data(**(context | kwargs))

    # Two versions of one row

    def sent(self) -> Any:
        """What came in; where somebody chose "theirs", what stands there now."""
        data = self.request.POST
        theirs = [name for name in data if name.startswith(KEEP_PREFIX) and data[name] == THEIRS]
        if not theirs:
            return data
        data, now = data.copy(), self.form_class(initial=self.initial(), version=None, **self.form_kwargs())
        for bound in now.rows:
            if f"{KEEP_PREFIX}{bound.html_name}" in theirs:
                data.setlist(bound.html_name, as_sent(bound.field, bound.initial))
        return data

    def show_both(self, form: Form) -> HttpResponse:
        """Both versions, field by field; nothing was saved and nothing is lost."""
        now = self.make_form()
        at, by = self.changed_by()
        context = self.get_context_data(
            form=form,
            differences=differences(form, now),
            hidden=list(hidden_values(form, now)),
            changed_at=at,
            changed_by=by,
        )
        return self.render_to_response(context | {"template": self.stale_template_name}, status=409)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        template = context.pop("template", None)
        if template:
            return self.response_class(self.request, [template], context, **kwargs)
        return super().render_to_response(context, **kwargs)

    def changed_by(self) -> tuple[datetime | None, str]:
        """When the row was last written, and by whom if that is known."""
        if not isinstance(self.object, models.Model):
            return None, ""
        events = AuditEvent.objects.filter(subject_type=self.object._meta.label, subject_id=self.object.pk)
        event = events.order_by("-pk").first()
        if event is None:
            return None, ""
        user = get_user_model().objects.filter(pk=event.by_user_id).first() if event.by_user_id else None
        return event.at, str(user or "")


class PostPage(FormPage):
    """An action behind one button: no page of its own, only an answer."""

    http_method_names = ["post", "options"]

    def show(self, form: Form) -> HttpResponse:
        """Nothing to mend on a page of its own: back, with the sentence as a message."""
        for mistakes in form.errors.values():
            for text in mistakes:
                messages.error(self.request, text)
        return HttpResponseRedirect(safe_next(self.request, self.back_url()))


def differences(form: Form, now: Form) -> list[Difference]:
    """The fields in which what came in differs from what stands there now."""
    begin = form.begin_marks()
    found = []
    for bound in form.rows:
        yours, theirs = _sent_by(form, bound), as_sent(bound.field, now[bound.name].initial)
        if yours == theirs:
            continue
        untouched = begin.get(bound.html_name) == Form.marks({bound.html_name: yours})[bound.html_name]
        found.append(
            Difference(
                bound.html_name,
                str(bound.label),
                in_words(bound.field, yours),
                in_words(bound.field, theirs),
                THEIRS if untouched else MINE,
            )
        )
    return found


def hidden_values(form: Form, now: Form) -> list[tuple[str, str]]:
    """Everything the form brought, to be sent once more: with a new id, and the version that stands there now."""
    pairs = [(bound.html_name, value) for bound in form.rows for value in _raw(form, bound.html_name)]
    for bound in form:
        if bound.is_hidden and bound.name not in ("request_id", "version"):
            pairs += [(bound.html_name, value) for value in _raw(form, bound.html_name)]
    pairs += [(name, str(now[name].value())) for name in ("request_id", "version")]
    return pairs


def _raw(form: Form, name: str) -> list[str]:
    data = form.data
    return list(data.getlist(name)) if hasattr(data, "getlist") else [str(data[name])] if name in data else []


def _sent_by(form: Form, bound: Any) -> list[str]:
    """What came in for a field, in the spelling the field itself would give it, so that 1-1-26 equals 01-01-2026."""
    if bound.name in form.cleaned_data:
        return as_sent(bound.field, form.cleaned_data[bound.name])
    return _raw(form, bound.html_name)


def in_words(field: Any, sent: list[str]) -> str:
    """A sent value as people read it: the words of a choice instead of its code."""
    choices = getattr(field, "choices", None)
    if choices is not None:
        words = {str(value): str(label) for value, label in choices}
        return ", ".join(words.get(value, value) for value in sent)
    return ", ".join(sent)
