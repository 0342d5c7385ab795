"""The list of imports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table, TagColumn
from leesbouw.ui.templatetags.ui import tag

from .engine import importer
from .enums import RunState
from .models import ImportRun

STATE_TAGS = {
    RunState.DRAFT: "neutral",
    RunState.CHECKING: "wait",
    RunState.PREVIEWED: "let",
    RunState.RUNNING: "wait",
    RunState.FINISHED: "ok",
    RunState.FAILED: "bad",
    RunState.UNDOING: "wait",
    RunState.UNDONE: "neutral",
    RunState.EXPIRED: "neutral",
}

NOTHING_NEW = pgettext_lazy("import", "Nothing new in it")


class RunTable(Table):
    """Every import of a unit, newest first."""

    importer = Column(_("File"), param="soort", orderable=False)
    state = TagColumn(pgettext_lazy("import", "State"), param="stand", kinds=STATE_TAGS)
    created_at = DateColumn(pgettext_lazy("import", "Brought on"), param="op", initial_sort_descending=True)
    new = NumberColumn(pgettext_lazy("import", "New"), accessor="counts__new", orderable=False, param="nieuw")
    changed = NumberColumn(
        pgettext_lazy("import", "Changed"), accessor="counts__changed", orderable=False, param="veranderd"
    )
    faulty = NumberColumn(
        pgettext_lazy("import", "Faulty"), accessor="counts__faulty", orderable=False, param="fout"
    )
    undo_until = DateColumn(
        pgettext_lazy("import", "Undo until"), accessor="expires_at", orderable=False, param="tot"
    )

    class Meta:
        order_by = "-created_at"

    def row_url(self, record: ImportRun) -> str:
        return reverse("exchange:run-detail", args=[record.pk])

    def row_small(self, record: ImportRun) -> Any:
        return record.file_name

    def render_importer(self, record: ImportRun) -> str:
        return str(importer(record.importer).label)

    value_importer = render_importer

    def render_state(self, record: ImportRun, bound_column: Any) -> Any:
        column = self.columns["state"].column
        if record.is_stuck:
            return column.render(pgettext("import", "Broken off"), record, bound_column)
        if record.has_nothing_new:
            return tag("ok", NOTHING_NEW)
        return column.render(record.get_state_display(), record, bound_column)

    def value_state(self, record: ImportRun) -> str:
        return str(NOTHING_NEW if record.has_nothing_new else record.get_state_display())

    def render_undo_until(self, record: ImportRun, value: Any) -> Any:
        return self.columns["undo_until"].column.render(value) if record.can_be_undone else "—"

    def value_undo_until(self, record: ImportRun, value: Any) -> Any:
        return value if record.can_be_undone else None
