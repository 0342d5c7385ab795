"""Tables of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table

from .models import Contact, StaffMember
from .queries import function_label, network_role_label, policy_field_label, staff_function_label


class ContactTable(Table):
    """Contacts; `talkers` tells for each who of us talks to her."""

    name = Column(_("Name"), param="naam")
    function = Column(_("Function"), param="functie")
    unit = Column(_("Organisation"), param="organisatie", accessor="unit__name", order_by="unit__name")
    level = Column(_("Level"), param="niveau")
    talkers = Column(_("Who talks to them"), param="spreekt", empty_values=(), orderable=False)
    network_roles = Column(_("Part in the network"), param="rol", visible=False, orderable=False)
    policy_fields = Column(_("Policy field"), param="beleid", visible=False, orderable=False)
    email = Column(_("E-mail address"), param="mail", visible=False)
    phone = Column(_("Telephone"), param="telefoon", visible=False)
    left_on = DateColumn(_("Left on"), param="weg", visible=False, default="")

    class Meta:
        order_by = "name"

    def __init__(self, data: Any, *, talkers: Mapping[int, str], **kwargs: Any) -> None:
        self.talkers = talkers
        super().__init__(data, **kwargs)

    def row_url(self, record: Contact) -> str:
        return reverse("people:contact-detail", args=[record.pk])

    def render_function(self, value: str) -> str:
        return function_label(value)

    def value_function(self, value: str) -> str:
        return function_label(value)

    def render_talkers(self, record: Contact) -> str:
        return self.talkers.get(record.pk, "")

    def value_talkers(self, record: Contact) -> str:
        return self.talkers.get(record.pk, "")

    def render_network_roles(self, value: list[str]) -> str:
        return ", ".join(map(network_role_label, value))

    def value_network_roles(self, value: list[str]) -> str:
        return self.render_network_roles(value)

    def render_policy_fields(self, value: list[str]) -> str:
        return ", ".join(map(policy_field_label, value))

    def value_policy_fields(self, value: list[str]) -> str:
        return self.render_policy_fields(value)


class StaffTable(Table):
    """Colleagues; `assigned` gives for each the number of locations and the hours a year."""

    name = Column(_("Name"), param="naam")
    functions = Column(_("Function"), param="functie", orderable=False)
    branch = Column(
        _("Branch"), param="vestiging", accessor="branch__name", order_by="branch__name", default=""
    )
    locations = NumberColumn(_("Locations"), param="locaties", empty_values=(), orderable=False)
    hours = NumberColumn(_("Hours a year"), param="uren", empty_values=(), orderable=False)
    email = Column(_("E-mail address"), param="mail", visible=False)
    phone = Column(_("Telephone"), param="telefoon", visible=False)
    starts_on = DateColumn(_("Works here since"), param="sinds", visible=False)
    ends_on = DateColumn(_("Until"), param="tot", visible=False, default="")

    class Meta:
        order_by = "name"

    def __init__(self, data: Any, *, assigned: Mapping[int, tuple[int, Any]], **kwargs: Any) -> None:
        self.assigned = assigned
        super().__init__(data, **kwargs)

    def row_url(self, record: StaffMember) -> str:
        return reverse("people:staff-detail", args=[record.pk])

    def render_functions(self, value: list[str]) -> str:
        return ", ".join(map(staff_function_label, value))

    def value_functions(self, value: list[str]) -> str:
        return self.render_functions(value)

    def render_locations(self, record: StaffMember, column: NumberColumn) -> Any:
        number = self.value_locations(record)
        return column.render(number) if number else ""

    def value_locations(self, record: StaffMember) -> int:
        return self.assigned.get(record.pk, (0, 0))[0]

    def render_hours(self, record: StaffMember, column: NumberColumn) -> Any:
        hours = self.value_hours(record)
        return column.render(hours) if hours else ""

    def value_hours(self, record: StaffMember) -> Any:
        return self.assigned.get(record.pk, (0, 0))[1]
