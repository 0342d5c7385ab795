"""Filters of the catalogue, and the forms of titles and copies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import DateField, Form, NameField, RowField, TextField

from ..domain import TitleFacts, as_isbn, problems_of
from ..enums import AgeBand, Avi, CopyReason, CopyStatus, Owner, Part, TitleKind
from ..models import Title
from ..queries.catalogue import standing_here

LANGUAGES = [
    ("dut", _("Dutch")),
    ("fry", _("Frisian")),
    ("eng", _("English")),
    ("ger", _("German")),
    ("fre", _("French")),
    ("tur", _("Turkish")),
    ("ara", _("Arabic")),
    ("pol", _("Polish")),
    ("ukr", _("Ukrainian")),
    ("spa", _("Spanish")),
    ("mul", _("more than one language")),
    ("und", _("another language")),
]
MOST_COPIES = 200
PROBLEMS = {
    "missing": _("Give the title."),
    "year": _("This year cannot be right."),
    "number": _("This number cannot be right."),
}


class _TypedSearch(SearchFilter):
    """What is typed is searched by the page itself, which forgives mistakes."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


class TitleFilters(FilterSet):
    """How staff and teachers choose among the titles."""

    search = _TypedSearch(["title"], param="zoek", label=_("Title, writer, series or ISBN"))
    kind = ChoiceFilter(
        "kind", param="soort", label=pgettext_lazy("title", "Kind"), choices=TitleKind.choices
    )
    age_band = ChoiceFilter("age_band", param="leeftijd", label=_("Age"), choices=AgeBand.choices)
    language = ChoiceFilter("language", param="taal", label=_("Language"), choices=LANGUAGES)
    here = ChoiceFilter(
        param="hier",
        label=pgettext_lazy("books", "Which"),
        choices=[("ja", _("Only what stands here"))],
        empty_label=_("The whole catalogue"),
        method="standing",
    )

    def standing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return standing_here(rows)


class TitleForm(Form):
    """A title as somebody types it from the book itself."""

    isbn = forms.CharField(
        label="ISBN",
        required=False,
        max_length=30,
        help_text=_("The number above the barcode. Some books have none."),
    )
    title = NameField(label=pgettext_lazy("book", "Title"), max_length=300)
    subtitle = forms.CharField(label=_("Subtitle"), required=False, max_length=300)
    authors = TextField(
        label=_("Writers and illustrators"), required=False, help_text=_("One name on a line.")
    )
    kind = forms.ChoiceField(label=pgettext_lazy("title", "Kind"), choices=TitleKind.choices)
    age_band = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", _("not known")), *AgeBand.choices]
    )
    avi = forms.ChoiceField(
        label=_("AVI"),
        required=False,
        choices=[("", _("none")), *Avi.choices],
        help_text=_("Only staff see this. Children choose by what they like."),
    )
    series = forms.CharField(label=_("Series"), required=False, max_length=200)
    series_part = forms.CharField(label=_("Part of the series"), required=False, max_length=20)
    themes = TextField(label=_("Themes"), required=False, help_text=_("One on a line."))
    genre = forms.CharField(label=_("Genre"), required=False, max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=120)
    published = forms.IntegerField(label=_("Year"), required=False, min_value=0, max_value=9999)
    pages = forms.IntegerField(label=_("Pages"), required=False, min_value=0, max_value=99999)
    siso = forms.CharField(label="SISO", required=False, max_length=20)
    nur = forms.RegexField(r"^\d{3}$", label="NUR", required=False, help_text=_("Three digits."))
    summary = TextField(label=_("What is it about?"), required=False)

    def clean_isbn(self) -> str:
        text = self.cleaned_data["isbn"]
        try:
            number = as_isbn(text)
        except ValueError:
            number = ""
        if text.strip() and not number:
            raise forms.ValidationError(_("This is no ISBN. Look at the number once more."))
        return number

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            for name, reason in problems_of(self.facts(), today().year):
                self.add_error(name, PROBLEMS[reason])
        return values

    def facts(self) -> TitleFacts:
        """What was typed."""
        values = dict(self.cleaned_data)
        lists = {
            name: tuple(line.strip() for line in values[name].splitlines() if line.strip()) for name in LISTS
        }
        names = set(TitleFacts.__dataclass_fields__) - set(LISTS)
        return TitleFacts(**{name: values[name] for name in names & set(values)}, **lists)


LISTS = ("authors", "themes")


def initial_of(title: Title) -> dict[str, Any]:
    """What a form of this title begins with; lists a line each."""
    values = {name: getattr(title, name) for name in TitleFacts.__dataclass_fields__}
    known = {code for code, _label in LANGUAGES}
    return values | {
        "authors": "\n".join(title.authors),
        "themes": "\n".join(title.themes),
        "language": title.language if title.language in known else "und",
    }


class _CopyForm(Form):
    """Where a copy stands and whose it is."""

    location = RowField(
        label=_("Where does it stand?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("at the library"),
    )
    owner = forms.ChoiceField(label=_("Whose is it?"), choices=Owner.choices, widget=forms.RadioSelect)
    part = forms.ChoiceField(
        label=_("Part of the collection"),
        choices=Part.choices,
        widget=forms.RadioSelect,
        help_text=_("What rotates does not count for the number of books per pupil."),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=40,
        help_text=_("Such as: shelf B3, or the room of group 5."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = places


class CopiesForm(_CopyForm):
    """New copies of a title: a number of them, or the barcodes that are on them."""

    number = forms.IntegerField(label=_("How many?"), min_value=1, max_value=MOST_COPIES, initial=1)
    barcodes = TextField(
        label=_("Barcodes that are on them already"),
        required=False,
        help_text=_("Scan them one after the other. Leave empty for new ones."),
    )
    field_order = ("number", "barcodes", "location", "owner", "part", "place")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = values.get("barcodes", "").split()
        values["barcodes"] = given
        if any(len(one) > 30 for one in given):
            self.add_error("barcodes", _("A barcode has thirty signs at most."))
        if len(given) > MOST_COPIES:
            self.add_error("barcodes", _("That are too many at once."))
        return values


class LabelsForm(Form):
    """Which labels to print, and where the sheet begins."""

    location = RowField(
        label=_("Of which place?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("at the library"),
    )
    since = DateField(label=_("Added since"), help_text=_("Copies that came on this day or later."))
    first = forms.IntegerField(
        label=_("Labels of the first sheet that are gone already"), min_value=0, max_value=23, initial=0
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = places


class CopyForm(_CopyForm):
    """One copy."""

    status = forms.ChoiceField(label=_("State"), choices=CopyStatus.choices)
    status_reason = forms.ChoiceField(
        label=_("Why is it not in use?"), required=False, choices=[("", _("no reason")), *CopyReason.choices]
    )
    barcode = forms.CharField(label=_("Barcode"), max_length=30)
    field_order = ("barcode", "status", "status_reason", "location", "owner", "part", "place")
