"""Roles as data: what a role may do stands in content/nl/role, and is read here."""

from __future__ import annotations

from typing import Literal

from leesbouw.core.content import Body, all_current, content_kinds

ACCOUNTS_MANAGE = "accounts.manage"
ACCOUNTS_INVITE = "accounts.invite"

PERMISSIONS = frozenset(
    {
        "organisations.view",
        "organisations.view_partnership",
        "organisations.edit_partnership",
        "organisations.decide_partnership",
        "organisations.edit_groups",
        "organisations.choose_area",
        "organisations.edit_units",
        "people.view_contacts",
        "people.edit_contacts",
        "people.view_staff",
        "people.edit_staff",
        "people.assign",
        "network.view_talks",
        "network.edit_talks",
        "network.set_rhythm",
        "network.handover",
        "plans.view_actions",
        "plans.edit_actions",
        "exchange.import",
        "accounts.manage",
        "accounts.invite",
        "privacy.view_audit",
        "core.view_status",
        "core.view_outbox",
        "ui.gallery",
        "ui.export",
    }
)


class RoleBody(Body):
    """A role: who holds it where, what it may do, and what its menu and home show."""

    name: str
    plural: str
    description: str
    unit_kind: Literal["library", "branch", "location", "board", "municipality", "province", "poi", "nation"]
    sectors: tuple[str, ...] = ()
    level: Literal["strategic", "tactical", "operational"]
    permissions: frozenset[str]
    menu: tuple[str, ...]
    home: tuple[str, ...]
    heading: str
    mfa_required: bool = False


content_kinds.add("role", RoleBody)


def roles() -> dict[str, RoleBody]:
    """Every role by its code."""
    return {code: item.body for code, item in all_current("role").items()}


def role(code: str) -> RoleBody | None:
    """The role with this code, or None when no content describes it."""
    item = all_current("role").get(code)
    return item.body if item else None
