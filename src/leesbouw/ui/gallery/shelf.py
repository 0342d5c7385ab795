"""The gallery's shelf: small templates that are shown both as they look and as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today

from .figures import CHARTS

PARTS = {
    "type": _("Headings and text"),
    "icons": _("Icons"),
    "buttons": _("Buttons"),
    "tags": _("States"),
    "notes": _("Remarks"),
    "steps": _("Steps"),
    "tasks": _("Task list"),
    "tabs": _("Tabs and chips"),
    "progress": _("Progress"),
    "lists": _("Lists, facts and people"),
    "sheet": _("The white sheet"),
    "table": _("Table with filters"),
    "charts": _("Charts"),
    "form": _("Form"),
    "form_errors": _("Form with mistakes"),
    "empty": _("Nothing there yet"),
    "job": _("Work in the background"),
    "toast": _("Message with undo"),
}


@dataclass(frozen=True)
class Part:
    code: str
    title: Any
    snippet: str
    shown: SafeString


class ExampleForm(forms.Form):
    """Every kind of field that the house uses."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the front of the school."))
    mail = forms.EmailField(label=_("E-mail address"), required=False)
    pupils = forms.IntegerField(label=_("Number of pupils"), min_value=0)
    kind = forms.ChoiceField(
        label=_("Kind of school"), choices=[("bo", _("Primary school")), ("vo", _("Secondary school"))]
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    side = forms.ChoiceField(
        label=_("Who does it?"),
        choices=[("school", _("The school")), ("library", _("The library"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=[("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea, required=False)
    file = forms.FileField(label=_("File"), required=False, help_text=_("CSV or Excel, at most 64 MB."))
    agreed = forms.BooleanField(label=_("The school agrees"), help_text=_("You can take this back."))


class ExampleJob:
    """Looks like a job of the kernel in one of its states."""

    label = _("Read in the school list")

    def __init__(self, state: str, words: Any, done: int = 0, total: int = 0, error: Any = "") -> None:
        self.state, self.words, self.done, self.total, self.error = state, words, done, total, error
        self.is_over = state not in ("queued", "running")

    def get_state_display(self) -> Any:
        return self.words


def _examples() -> dict[str, Any]:
    broken = ExampleForm({"fout-mail": "ria", "fout-pupils": "-1"}, prefix="fout")
    broken.is_valid()
    now = today()
    return {
        "form": ExampleForm(initial={"pupils": 214}),
        "broken": broken,
        "charts": CHARTS,
        "today": now,
        "soon": now + timedelta(days=21),
        "tasks": [
            {"number": 1, "label": _("Bring the file"), "url": "#", "tag": "ok", "status": _("Done")},
            {"number": 2, "label": _("Look at the mistakes"), "url": "#", "tag": "let", "status": _("Busy")},
        ],
        "jobs": [
            ExampleJob("queued", _("Waiting")),
            ExampleJob("running", _("Busy"), 3200, 6800),
            ExampleJob("done", _("Done")),
            ExampleJob("failed", _("Failed"), error=_("The file has no column with a BRIN.")),
        ],
    }


def shelf(request: HttpRequest) -> list[Part]:
    """All parts, rendered with made-up examples."""
    examples = _examples()
    parts = []
    for code, title in PARTS.items():
        template = get_template(f"ui/gallery/{code}.html")
        shown = template.render(examples, request)
        source = template.template.source.split("{# snippet #}")[-1].strip()
        parts.append(Part(code=code, title=title, snippet=source, shown=shown))
    return parts
