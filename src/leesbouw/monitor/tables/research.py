"""Tables of the researcher: lists in their versions, their columns, the measures, and of which years there are answers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table
from leesbouw.ui.templatetags.ui import source

from ..queries import POPULATION_WORDS, CodebookRow, Dataset, ListVersion, ReleaseLine, kind_words


class ListTable(Table):
    title = Column(_("List"), param="lijst", accessor="one__title")
    whose = Column(_("For whom"), param="voor", accessor="one__key")
    key = Column(_("Code and version"), param="code", accessor="one__key")
    items = NumberColumn(_("Questions"), param="vragen")
    rounds = NumberColumn(_("Rounds"), param="rondes")
    status = Column(pgettext_lazy("content", "Status"), param="status", accessor="one__status")
    source = Column(_("Source"), param="bron", accessor="one__source", visible=False)

    def row_url(self, record: ListVersion) -> str:
        return reverse("monitor:codebook", args=[record.one.code, record.one.version])

    def render_whose(self, record: ListVersion) -> str:
        return kind_words(record.one)

    def value_whose(self, record: ListVersion) -> str:
        return kind_words(record.one)

    def render_status(self, value: str) -> Any:
        return source(value)

    def value_status(self, value: str) -> str:
        return value


class CodebookTable(Table):
    column = Column(_("Column"), param="kolom", orderable=False)
    text = Column(pgettext_lazy("report", "What was asked"), param="vraag", whole=True, orderable=False)
    values = Column(_("Numbers"), param="getallen", orderable=False)
    base = Column(_("Who counts"), param="basis", orderable=False)
    topic = Column(_("Topic"), param="onderwerp", orderable=False)
    status = Column(_("How sure"), param="status", orderable=False, visible=False)
    official_code = Column(_("Official code"), param="officieel", orderable=False, visible=False)

    def render_values(self, record: CodebookRow) -> str:
        return " | ".join(f"{value} = {label}" for value, label in record.values)

    def value_values(self, record: CodebookRow) -> str:
        return self.render_values(record)


class MeasureTable(Table):
    name = Column(_("Measure"), param="maat", accessor="measure__body__name")
    population = Column(_("Of whom"), param="van", accessor="measure__body__population")
    definition = Column(_("What is counted"), param="telt", accessor="measure__body__definition", whole=True)
    formula = Column(_("Formula"), param="formule")
    key = Column(_("Code and version"), param="code", accessor="measure__key")
    chain = Column(_("In one line with version"), param="lijn", visible=False)
    list = Column(_("List"), param="lijst", visible=False)
    unit = Column(_("Unit"), param="eenheid", accessor="measure__body__unit", visible=False)
    status = Column(pgettext_lazy("content", "Status"), param="status", accessor="measure__status")
    source = Column(_("Source"), param="bron", accessor="measure__source", visible=False)

    def render_population(self, value: str) -> str:
        return str(POPULATION_WORDS[value])

    def value_population(self, value: str) -> str:
        return str(POPULATION_WORDS[value])

    def render_status(self, value: str) -> Any:
        return source(value)

    def value_status(self, value: str) -> str:
        return value


class DatasetTable(Table):
    title = Column(_("List"), param="lijst", accessor="one__title")
    year = Column(_("School year"), param="jaar")
    key = Column(_("Code and version"), param="code", accessor="one__key")
    lists = NumberColumn(_("Lists that came in"), param="aantal")
    locations = NumberColumn(_("Locations"), param="locaties")

    def row_url(self, record: Dataset) -> str:
        return reverse("monitor:dataset", args=[record.one.code, record.one.version, record.year])


class ReleaseTable(Table):
    kind = Column(_("Monitor"), param="soort", accessor="kind__label")
    year = Column(_("School year"), param="jaar")
    final = DateColumn(
        _("Final since"), param="sinds", accessor="release__released_on", default=_("provisional")
    )

    def row_url(self, record: ReleaseLine) -> str:
        return reverse("monitor:release", args=[record.kind.value, record.year])
