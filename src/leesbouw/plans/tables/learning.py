"""The learning goals of a school × its year groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.ui.tables import Column, Table
from leesbouw.ui.templatetags.ui import tag

from ..domain.learning import Cell, Reach
from ..queries import LearningRow

REACHES = {
    Reach.DONE: pgettext_lazy("learning goal", "done"),
    Reach.PLANNED: pgettext_lazy("learning goal", "planned"),
    Reach.OURSELVES: pgettext_lazy("learning goal", "by the school"),
    Reach.GAP: pgettext_lazy("learning goal", "nothing yet"),
}
REACH_TAGS = {Reach.DONE: "ok", Reach.PLANNED: "wait", Reach.OURSELVES: "neutral", Reach.GAP: "let"}
REACH_ICONS = {Reach.OURSELVES: "person"}
GapUrl = Callable[[str, int], str]  # of a learning goal in a year group; "" for who may not plan


class GroupColumn(Column):
    """One year group: a picture and a word for each learning goal; where there is nothing yet a link that plans it."""

    def __init__(self, group: int, gap_url: GapUrl) -> None:
        self.group, self.gap_url = group, gap_url
        super().__init__(
            _("Group %(group)s") % {"group": group},
            param=f"groep-{group}",
            accessor="cells",
            empty_values=(),
            orderable=False,
        )

    def render(self, value: Any, record: LearningRow) -> Any:
        cell = value.get(self.group)
        if cell is None:
            return format_html(
                '<span class="muted not-for" aria-hidden="true">–</span><span class="vh">{}</span>',
                _("not for this group"),
            )
        sign = reach_tag(cell)
        url = self.gap_url(cell.goal, cell.group) if cell.reach is Reach.GAP else ""
        if not url:
            return sign
        told = _("%(goal)s in group %(group)s: put something in the year plan")
        words = told % {"goal": record.goal.name, "group": self.group}
        return format_html('<a href="{}">{}<span class="vh">, {}</span></a>', url, sign, words)

    def value(self, value: Any) -> str:
        cell = value.get(self.group)
        return str(REACHES[cell.reach]) if cell else ""


def reach_tag(cell: Cell) -> SafeString:
    """How far a learning goal is in a group, as picture and word; with the number where there is more than one."""
    number = cell.done if cell.reach is Reach.DONE else cell.planned if cell.reach is Reach.PLANNED else 0
    words = f"{REACHES[cell.reach]} ({number})" if number > 1 else REACHES[cell.reach]
    return tag(REACH_TAGS[cell.reach], words, REACH_ICONS.get(cell.reach, ""))


class LearningTable(Table):
    """Learning goals × year groups."""

    name = Column(_("Learning goal"), param="leerdoel", accessor="goal__name", orderable=False)

    def __init__(self, data: Any, *, groups: Sequence[int], gap_url: GapUrl, **kwargs: Any) -> None:
        kwargs["extra_columns"] = [(f"group_{group}", GroupColumn(group, gap_url)) for group in groups]
        super().__init__(data, **kwargs)

    def row_small(self, record: LearningRow) -> str:
        return record.area

    def value_name(self, value: str, record: LearningRow) -> str:
        return f"{record.area}: {value}"
