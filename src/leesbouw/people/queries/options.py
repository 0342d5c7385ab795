"""What one can choose for a person: functions, levels, parts in the network and policy fields, as content."""

from __future__ import annotations

from leesbouw.accounts.enums import Level
from leesbouw.accounts.permissions import role, roles
from leesbouw.core.content import Body, content_kinds, current

from ..models import StaffMember

KIND = "contact-options"


class Option(Body):
    code: str
    name: str
    description: str = ""


class FunctionOption(Body):
    """A function at a kind of organisation; `sectors` empty means every sector."""

    code: str
    name: str
    unit_kind: str
    sectors: tuple[str, ...] = ()
    level: Level


class ContactOptions(Body):
    levels: tuple[Option, ...]
    network_roles: tuple[Option, ...]
    policy_fields: tuple[Option, ...]
    functions: tuple[FunctionOption, ...]


content_kinds.add(KIND, ContactOptions)


def contact_options() -> ContactOptions:
    """The newest list of options."""
    body: ContactOptions = current(KIND, KIND).body
    return body


def functions_at(unit_kind: str, sector: str = "") -> list[FunctionOption]:
    """Functions that fit an organisation, in the order of the content."""
    return [
        one
        for one in contact_options().functions
        if one.unit_kind == unit_kind and (not sector or not one.sectors or sector in one.sectors)
    ]


def function_label(code: str) -> str:
    """The name of a function; own words stay as they are."""
    return _label(contact_options().functions, code)


def function_codes(text: str) -> set[str]:
    """Codes of functions whose name holds this text."""
    wanted = text.casefold()
    return {one.code for one in contact_options().functions if wanted in one.name.casefold()}


def network_role_label(code: str) -> str:
    return _label(contact_options().network_roles, code)


def policy_field_label(code: str) -> str:
    return _label(contact_options().policy_fields, code)


def _label(options: tuple[Option, ...] | tuple[FunctionOption, ...], code: str) -> str:
    return next((one.name for one in options if one.code == code), code)


def staff_function_label(code: str) -> str:
    """The name of a function at the library: a role of the catalogue."""
    body = role(code)
    return body.name if body else code


def staff_functions_of(member: StaffMember) -> str:
    """What a colleague does, in words."""
    return ", ".join(staff_function_label(code) for code in member.functions)


def staff_functions() -> list[tuple[str, str]]:
    """Functions that somebody of a library can have: (code, name), by name."""
    kinds = {"library", "branch"}
    return sorted(
        ((code, body.name) for code, body in roles().items() if body.unit_kind in kinds),
        key=lambda pair: pair[1].casefold(),
    )
