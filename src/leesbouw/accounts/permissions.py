"""Roles as data: what a role may do stands in content/nl/role, and is read here."""

from __future__ import annotations

from typing import Literal

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, all_current, content_kinds

from .domain import may_hand_out, role_fits

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
        "organisations.view_agreement",
        "organisations.edit_agreement",
        "people.view_contacts",
        "people.edit_contacts",
        "people.view_staff",
        "people.edit_staff",
        "people.assign",
        "pupils.view",
        "pupils.edit",
        "pupils.import",
        "pupils.consent",
        "pupils.rights",
        "pupils.open_class",
        "network.view_talks",
        "network.edit_talks",
        "network.set_rhythm",
        "network.handover",
        "monitor.view",
        "monitor.coordinate",
        "monitor.authorise",
        "monitor.run_class",
        "monitor.report",
        "monitor.open_answers",
        "monitor.discuss",
        "monitor.research",
        "plans.view_actions",
        "plans.edit_actions",
        "exchange.import",
        "accounts.manage",
        "accounts.invite",
        "privacy.view_audit",
        "privacy.view_retention",
        "privacy.run_retention",
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


def roles_to_give(actor: Actor, *, unit_kind: str = "", sector: str = "") -> dict[str, RoleBody]:
    """Roles that this actor may hand out, by their code; only those that suit a unit when one is given."""
    return {
        code: body
        for code, body in roles().items()
        if may_give(actor, body) and (not unit_kind or suits(body, unit_kind=unit_kind, sector=sector))
    }


def may_give(actor: Actor, body: RoleBody) -> bool:
    """Whether this actor may hand out a role, at whatever unit within her reach."""
    if not actor.may(ACCOUNTS_INVITE) and not actor.may(ACCOUNTS_MANAGE):
        return False
    own = role(actor.role)
    return may_hand_out(
        is_administrator=actor.may(ACCOUNTS_MANAGE),
        own_kind=actor.unit_kind,
        own_level=own.level if own else "operational",
        kind=body.unit_kind,
        level=body.level,
        is_for_administrators=ACCOUNTS_MANAGE in body.permissions,
    )


def suits(body: RoleBody, *, unit_kind: str, sector: str = "") -> bool:
    """Whether a role belongs at a unit of this kind, and at a location of this sector."""
    return role_fits(kind=body.unit_kind, sectors=body.sectors, unit_kind=unit_kind, sector=sector)


def role_choices() -> list[tuple[str, str]]:
    """Every role as code and name, by name."""
    return sorted(((code, body.name) for code, body in roles().items()), key=lambda pair: pair[1])


def may_revoke(actor: Actor, sender_id: int | None) -> bool:
    """Whether the actor may withdraw a link: who sent it, and who manages accounts."""
    sent_it = actor.user_id is not None and actor.user_id == sender_id
    return sent_it or actor.may(ACCOUNTS_MANAGE)
