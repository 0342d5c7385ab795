"""Form fields that take what people type, in any usual way, and say in a sentence what they could not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today

from . import domain


class QuickSelect(forms.Select):
    """A select for tables in which many lines have many options: Django renders a template for each, this does not."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        shown = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, shown, options)


class _ReadField(forms.CharField):
    """A text box whose text is read by a function of the domain; `sentences` says what went wrong, by code."""

    sentences: dict[str, Any] = {}

    def __init__(self, **kwargs: Any) -> None:
        self.longest = kwargs.pop("max_length", 40)
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("maxlength", str(self.longest))

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        if value is None:
            return self.empty_value
        if isinstance(value, date | Decimal | int):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return self.empty_value
        try:
            if len(text) > self.longest:
                raise ValueError("format")
            return self.read(text)
        except ValueError as error:
            code = str(error)
            raise ValidationError(self.sentences.get(code, self.sentences["format"]), code=code) from None

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str):
            super().run_validators(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial and not (not data and initial in self.empty_values)
        except ValidationError:
            return True


class DateField(_ReadField):
    """A day. `earliest` and `latest` give the limits, a date or a function that gives one."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "data-date": ""})
    sentences = {
        "format": _("We cannot read this date. Write it like 14-10-2026."),
        "range": _("The year of this date cannot be right."),
        "early": _("This date is too early."),
        "late": _("This date is too late."),
    }

    def __init__(
        self,
        *,
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def read(self, text: str) -> date:
        day = domain.parse_date(text, today())
        earliest, latest = _now(self.earliest), _now(self.latest)
        if earliest and day < earliest:
            raise ValueError("early")
        if latest and day > latest:
            raise ValueError("late")
        return day

    def prepare_value(self, value: Any) -> Any:
        return domain.format_date(value) if isinstance(value, date) else value


class HoursField(_ReadField):
    """A length of time: Decimal hours with at most two decimals."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})
    sentences = {
        "format": _("We cannot read these hours. Write them like 1,5 or 1:30."),
        "range": _("This number of hours cannot be right."),
    }

    def __init__(self, *, most: Decimal | int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def read(self, text: str) -> Decimal:
        hours = domain.parse_hours(text)
        if self.most is not None and hours > self.most:
            raise ValueError("range")
        return hours

    def prepare_value(self, value: Any) -> Any:
        return domain.format_number(value) if isinstance(value, Decimal) else value


class HourField(forms.TimeField):
    """An hour of the day as people write it: 9, 9.30, 09:30."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H"])
        kwargs.setdefault("error_messages", {"invalid": _("We cannot read this hour. Write it like 9.30.")})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class MoneyField(_ReadField):
    """An amount in euros; the value is whole cents."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"})
    sentences = {
        "format": _("We cannot read this amount. Write it like 1250 or 12,50."),
        "range": _("This amount cannot be right."),
        "negative": _("This amount cannot be below zero."),
    }

    def __init__(self, *, negative: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.negative = negative

    def read(self, text: str) -> int:
        cents = domain.parse_euros(text)
        if cents < 0 and not self.negative:
            raise ValueError("negative")
        return cents

    def prepare_value(self, value: Any) -> Any:
        return domain.format_euros(value) if isinstance(value, int) else value


class PhoneField(_ReadField):
    """A telephone number; the value is digits, with a plus for another country. Empty is an empty text."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    sentences = {"format": _("This is no telephone number. Write it like 06 12345678.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", "")
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return domain.parse_phone(text)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        try:
            return domain.format_phone(domain.parse_phone(value))
        except ValueError:
            return value


class PostcodeField(_ReadField):
    """A Dutch postcode as “1234 AB”. Empty is an empty text.

    What stands there already may stay: a register or the demo may have one that we would not take.
    """

    widget = forms.TextInput(attrs={"autocomplete": "postal-code"})
    sentences = {"format": _("This is no postcode. Write it like 1234 AB.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", "")
        super().__init__(**kwargs)
        self.kept = ""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self.kept = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def read(self, text: str) -> str:
        return text if text == self.kept else domain.parse_postcode(text)


class NameField(forms.CharField):
    """A name or short text on one line: spaces tidied, invisible signs gone, the rest as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return domain.clean_text(super().to_python(value) or "")


class TextField(forms.CharField):
    """A longer text in lines."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        lines = [
            domain.clean_text(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        ]
        return "\n".join(lines).strip()


class ReadsRow:
    """For a field that offers rows: a number no database can hold is a choice that is not here, not an error."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError:  # SQLite, on a key beyond 64 bits
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            ) from None


class RowField(ReadsRow, forms.ModelChoiceField):
    """One of the rows of `queryset`."""


def _now(limit: date | Callable[[], date] | None) -> date | None:
    return limit() if callable(limit) else limit


class TicksField(forms.TypedMultipleChoiceField):
    """Some rows, as boxes to tick. `offer` says which; a form without any drops the question."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    @staticmethod
    def offer(form: forms.Form, name: str, rows: Iterable[tuple[int, str]]) -> None:
        choices = list(rows)
        if choices:
            form.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del form.fields[name]
