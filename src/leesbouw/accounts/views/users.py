"""Who has an account: the list, one person, and what an administrator may do with either."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.forms import Form
from leesbouw.ui.pages import FormPage, ListPage, Page, PostPage

from ..actions import (
    deactivate_user,
    end_role,
    reactivate_user,
    resend_invitation,
    reset_mfa,
    revoke_invitation,
    revoke_task_link,
)
from ..forms.users import EndRoleForm
from ..models import Invitation, RoleAssignment, TaskLink, User
from ..permissions import ACCOUNTS_INVITE, ACCOUNTS_MANAGE
from ..queries import (
    invitation_by_id,
    invitation_lines,
    line_of,
    people_managed_by,
    person_managed_by,
    role_managed_by,
    roles_managed_by,
    task_link_by_id,
)
from ..tables import UserFilters, UserTable


class UserList(ListPage):
    template_name = "accounts/users.html"
    permission = ACCOUNTS_INVITE
    page = "accounts.users"
    title = _("People with an account")
    lead = _("Everybody has an account of her own. Nobody signs in for somebody else.")
    table_class = UserTable
    filterset_class = UserFilters

    def rows(self, request: HttpRequest) -> QuerySet[User]:
        return people_managed_by(self.actor)

    def heading(self, listing: Any) -> str:
        number = listing.total
        return ngettext("%(number)s person with an account", "%(number)s people with an account", number) % {
            "number": number
        }

    def more(self, listing: Any) -> dict[str, Any]:
        return {"invitations": invitation_lines(self.actor)}


class OfPerson:
    """A page about somebody within reach; anybody else does not exist."""

    permission = ACCOUNTS_MANAGE

    def load(self) -> User:
        try:
            return person_managed_by(self.actor, self.kwargs["user_id"])  # type: ignore[attr-defined]
        except User.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("accounts:user-detail", args=[self.kwargs["user_id"]])  # type: ignore[attr-defined]


class UserDetail(OfPerson, Page):
    template_name = "accounts/user.html"
    permission = ACCOUNTS_INVITE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.load()
        lines, elsewhere = roles_managed_by(self.actor, person)
        return super().get_context_data(
            person=person,
            lines=lines,
            elsewhere=elsewhere,
            is_me=person.pk == self.actor.user_id,
            may_manage=self.actor.may(ACCOUNTS_MANAGE),
            **kwargs,
        )


class Deactivate(OfPerson, PostPage):
    done = _("The account is switched off. All sessions have ended.")

    def act(self, form: Form) -> User:
        return deactivate_user(user_id=self.object.pk, by=self.actor)


class Reactivate(OfPerson, PostPage):
    done = _("The account is switched on again.")

    def act(self, form: Form) -> User:
        return reactivate_user(user_id=self.object.pk, by=self.actor)


class ResetSecondStep(OfPerson, FormPage):
    """Asks first, for it cannot be undone."""

    template_name = "accounts/reset_second_step.html"
    title = _("Take away the second step")
    submit_label = _("Take away app and passkeys")
    done = _("The second step is gone. We told this person by mail.")

    def act(self, form: Form) -> User:
        return reset_mfa(user_id=self.object.pk, by=self.actor)


class EndRole(FormPage):
    template_name = "accounts/role_end.html"
    permission = ACCOUNTS_MANAGE
    form_class = EndRoleForm
    title = _("End a role")
    submit_label = _("End this role")
    done = _("The role has an end.")

    def load(self) -> RoleAssignment:
        try:
            return role_managed_by(self.actor, self.kwargs["assignment_id"])
        except RoleAssignment.DoesNotExist:
            raise Http404 from None

    def act(self, form: Form) -> RoleAssignment:
        return end_role(assignment_id=self.object.pk, last_on=form.last_day(), by=self.actor)

    def back_url(self) -> str:
        return reverse("accounts:user-detail", args=[self.object.user_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.object.user, line=line_of(self.object), **kwargs)


class OfInvitation(PostPage):
    permission = ACCOUNTS_INVITE

    def load(self) -> Invitation:
        try:
            return invitation_by_id(self.actor, self.kwargs["invitation_id"])
        except Invitation.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("accounts:user-list")


class ResendInvitation(OfInvitation):
    done = _("The invitation was sent again. Only the newest link works.")

    def act(self, form: Form) -> Invitation:
        return resend_invitation(invitation_id=self.object.pk, by=self.actor)


class RevokeInvitation(OfInvitation):
    done = _("The invitation was withdrawn.")

    def act(self, form: Form) -> Invitation:
        return revoke_invitation(invitation_id=self.object.pk, by=self.actor)


class RevokeTask(PostPage):
    """Withdraws a task link; `next` leads back to the page it was on."""

    done = _("The link was withdrawn.")

    def load(self) -> TaskLink:
        try:
            return task_link_by_id(self.actor, self.kwargs["link_id"])
        except TaskLink.DoesNotExist:
            raise Http404 from None

    def act(self, form: Form) -> TaskLink:
        return revoke_task_link(link_id=self.object.pk, by=self.actor)

    def back_url(self) -> str:
        return self.object.unit.get_absolute_url()
