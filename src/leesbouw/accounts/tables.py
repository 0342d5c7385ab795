"""The list of people with an account."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter, YesNoFilter
from leesbouw.ui.tables import Column, DateColumn, Table
from leesbouw.ui.templatetags.ui import tag

from .models import User
from .permissions import role_choices
from .queries import RoleLine, line_of, with_role

ON, OFF, WITHOUT_ROLE = "aan", "uit", "zonder-rol"
STATES = ((ON, _("switched on")), (OFF, _("switched off")), (WITHOUT_ROLE, _("no role today")))


class UserFilters(FilterSet):
    """Over `people_managed_by`."""

    search = SearchFilter(["name", "email"], param="zoek", label=_("Name or address"))
    role = ChoiceFilter(param="rol", label=_("Role"), choices=role_choices, method="with_role")
    second_step = YesNoFilter(param="tweede-stap", field_name="has_mfa", label=_("Second step"))
    account = ChoiceFilter(param="account", label=_("Account"), choices=STATES, method="with_state")

    def with_role(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return with_role(rows, self.request.actor, value)

    def with_state(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        if value == WITHOUT_ROLE:
            return rows.filter(has_role=False)
        return rows.filter(is_active=value == ON)


class UserTable(Table):
    """A row per person; her roles are those within the reach of who looks."""

    name = Column(_("Person"), param="naam")
    roles_here = Column(_("Roles"), param="rollen", orderable=False, whole=True, empty_values=())
    last_login = DateColumn(_("Last signed in"), param="laatst", initial_sort_descending=True, default="")
    has_mfa = Column(_("Second step"), param="tweede-stap")
    is_active = Column(_("Account"), param="account")
    email = Column(_("E-mail address"), param="adres", visible=False)

    class Meta:
        order_by = "name"

    def row_url(self, record: User) -> str:
        return reverse("accounts:user-detail", args=[record.pk])

    def row_small(self, record: User) -> str:
        return record.email

    def render_roles_here(self, record: User) -> Any:
        lines = _lines(record)
        if not lines:
            return gettext("no role today")
        return format_html_join(
            "", "<div>{} <small>{}</small></div>", ((x.label, x.unit.name) for x in lines)
        )

    def value_roles_here(self, record: User) -> str:
        return "; ".join(f"{line.label} ({line.unit.name})" for line in _lines(record))

    def render_has_mfa(self, value: bool) -> Any:
        return tag("ok", gettext("set up")) if value else tag("neutral", gettext("not set up"))

    def value_has_mfa(self, value: bool) -> str:
        return gettext("set up") if value else gettext("not set up")

    def render_is_active(self, value: bool) -> Any:
        return "" if value else tag("let", gettext("switched off"))

    def value_is_active(self, value: bool) -> str:
        return gettext("switched on") if value else gettext("switched off")


def _lines(record: User) -> list[RoleLine]:
    return [line_of(row) for row in record.roles_here]
