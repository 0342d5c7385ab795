"""Tables of what is out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.ui.tables import Column, DateColumn, IdColumn, Table
from leesbouw.ui.templatetags.ui import tag

from .models import Loan
from .queries.coming_back import LEAVERS
from .queries.words import group_words


class BackTable(Table):
    """Books that are still out, with who has them. `names`: what to call each child."""

    who = Column(
        _("Who"), param="wie-heeft", empty_values=(), order_by=("pupil__first_name", "pupil__last_name")
    )
    group = Column(_("Group"), param="groep", accessor="group_name", order_by="group_name", default="")
    title = Column(
        pgettext_lazy("book", "Title"), param="titel", accessor="title__title", order_by="title__title"
    )
    barcode = IdColumn(_("Barcode"), param="barcode", accessor="copy__barcode", order_by="copy__barcode")
    due_on = DateColumn(_("Bring back on"), param="terug")
    state = Column(_("What to know"), param="weten", empty_values=(), order_by="leaves")

    def __init__(self, data: Any, *, names: Mapping[int, str], one_group: bool, **kwargs: Any) -> None:
        self.names = names
        super().__init__(data, exclude=["group"] if one_group else [], **kwargs)

    def render_who(self, record: Loan) -> str:
        if record.pupil_id is not None:
            return self.names.get(record.pupil_id, "")
        if record.group is not None:
            return _now("%(group)s as a whole") % {"group": group_words(record.group.name)}
        return record.contact.name if record.contact is not None else _now("nobody knows who")

    def value_who(self, record: Loan) -> str:
        return self.render_who(record)

    def row_small(self, record: Loan) -> Any:
        return ""

    def render_state(self, record: Loan) -> Any:
        words = self.value_state(record)
        return tag("let" if record.lost_on or record.leaves == LEAVERS else "neutral", words) if words else ""

    def value_state(self, record: Loan) -> str:
        """Lost goes before leaving: that is what one has to settle."""
        if record.lost_on is not None:
            return _now("lost")
        return _now("leaves") if record.leaves == LEAVERS else ""  # type: ignore[attr-defined]
