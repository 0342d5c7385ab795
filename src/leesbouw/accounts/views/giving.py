"""Giving a role in two steps: which one, then to whom and where. To somebody new that is an invitation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.mail import stays_here
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import FormPage, Page

from ..actions import add_role, invite
from ..forms.users import AddRoleForm, InviteForm
from ..models import Invitation, RoleAssignment, User
from ..permissions import ACCOUNTS_INVITE, ACCOUNTS_MANAGE, RoleBody, roles_to_give, suits
from ..queries import kinds_managed, person_managed_by, sector_of, unit_managed_by, units_for_role

UNIT_PARAM = "eenheid"
ORDER = [
    UnitKind.LIBRARY,
    UnitKind.BRANCH,
    UnitKind.LOCATION,
    UnitKind.BOARD,
    UnitKind.MUNICIPALITY,
    UnitKind.PROVINCE,
    UnitKind.POI,
    UnitKind.NATION,
]


@dataclass(slots=True)
class RoleGroup:
    """The roles at one kind of organisation."""

    label: Any
    roles: list[tuple[str, RoleBody, str]] = field(default_factory=list)  # code, role, address


class ForUnit:
    """A page that may be about one organisation: `?eenheid=` with its id."""

    permission = ACCOUNTS_INVITE

    def unit(self) -> Unit | None:
        """The organisation of the address. Raises Http404 for one out of reach."""
        wish = self.request.GET.get(UNIT_PARAM) or self.request.POST.get(UNIT_PARAM)  # type: ignore[attr-defined]
        if not wish:
            return None
        try:
            return unit_managed_by(self.actor, int(wish))  # type: ignore[attr-defined]
        except (Unit.DoesNotExist, ValueError, OverflowError):
            raise Http404 from None

    def given(self, code: str) -> RoleBody:
        """The role of the address. Raises Http404 for one that this actor may not give."""
        body = roles_to_give(self.actor).get(code)  # type: ignore[attr-defined]
        if body is None:
            raise Http404
        return body

    def units(self, body: RoleBody) -> list[Unit]:
        """Where this role may be given; only the organisation of the address, if there is one. Raises Http404 for none."""
        units = units_for_role(self.actor, body)  # type: ignore[attr-defined]
        wanted = self.unit()
        if wanted is not None:
            units = [unit for unit in units if unit.pk == wanted.pk]
        if not units:
            raise Http404
        return units


class ChooseRole(ForUnit, Page):
    """The roles one may give, by kind of organisation, each with what it is for."""

    template_name = "accounts/choose_role.html"
    next_page = "accounts:invite-role"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit = self.unit()
        return super().get_context_data(groups=self.groups(unit), unit=unit, **kwargs)

    def groups(self, unit: Unit | None) -> list[RoleGroup]:
        bodies = roles_to_give(
            self.actor,
            unit_kind=unit.kind if unit else "",
            sector=sector_of(unit) if unit else "",
        )
        groups = {kind: RoleGroup(kind.label) for kind in ORDER}
        within = kinds_managed(self.actor) if unit is None else set()  # type: ignore[attr-defined]
        for code, body in bodies.items():
            if unit is not None or any(suits(body, unit_kind=kind, sector=sector) for kind, sector in within):
                groups[UnitKind(body.unit_kind)].roles.append((code, body, self.address(code, unit)))
        for group in groups.values():
            group.roles.sort(key=lambda line: line[1].name.lower())
        return [group for group in groups.values() if group.roles]

    def address(self, code: str, unit: Unit | None) -> str:
        begin = reverse(self.next_page, kwargs={**self.kwargs, "code": code})
        return f"{begin}?{UNIT_PARAM}={unit.pk}" if unit else begin


class Invite(ForUnit, FormPage):
    template_name = "accounts/invite.html"
    form_class = InviteForm
    submit_label = _("Send the invitation")
    done = _("The invitation is on its way.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"units": self.units(self.given(self.kwargs["code"]))}

    def done_message(self, result: Invitation) -> Any:
        return _("The invitation is made, but it was not mailed.") if stays_here() else self.done

    def act(self, form: Form) -> Invitation:
        return invite(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            role_code=self.kwargs["code"],
            unit=form.chosen_unit(),
            by=self.actor,
        )

    def back_url(self) -> str:
        unit = self.unit()
        return unit.get_absolute_url() if unit else reverse("accounts:user-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        body = self.given(self.kwargs["code"])
        units, unit = self.units(body), self.unit()
        query = f"?{UNIT_PARAM}={unit.pk}" if unit else ""
        return super().get_context_data(
            role=body,
            only_unit=units[0] if len(units) == 1 else None,
            unit=unit,
            choose_url=self.choose_url() + query,
            no_mail=stays_here(),
            **kwargs,
        )

    def choose_url(self) -> str:
        return reverse("accounts:invite")


class ForPerson:
    """Giving a role to somebody who has an account."""

    permission = ACCOUNTS_MANAGE

    def person(self) -> User:
        try:
            return person_managed_by(self.actor, self.kwargs["user_id"])  # type: ignore[attr-defined]
        except User.DoesNotExist:
            raise Http404 from None


class ChooseRoleFor(ForPerson, ChooseRole):
    next_page = "accounts:role-add"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person(), **kwargs)


class AddRole(ForPerson, Invite):
    form_class = AddRoleForm
    submit_label = _("Give this role")
    done = _("The role was given.")

    def act(self, form: Form) -> RoleAssignment:
        return add_role(
            user=self.person(), role_code=self.kwargs["code"], unit=form.chosen_unit(), by=self.actor
        )

    def back_url(self) -> str:
        return reverse("accounts:user-detail", args=[self.kwargs["user_id"]])

    def choose_url(self) -> str:
        return reverse("accounts:role-choose", args=[self.kwargs["user_id"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person(), **kwargs)
