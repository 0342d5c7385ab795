"""People who sign in, the roles they hold, and the links that stand in for an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import now, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Board, Branch, Location, Unit
from leesbouw.organisations.models.units import area_of


class UserManager(BaseUserManager):
    def create_user(self, email: str, name: str = "", password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody with an account; never shared. What she may do is in her role assignments."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="nl")
    created_at = models.DateTimeField(default=now)
    session_version = models.PositiveIntegerField(default=0)  # one more signs her out everywhere
    last_assignment = models.ForeignKey(
        "RoleAssignment", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Privacy:
        none = "id is_active language created_at session_version last_assignment"
        personal = "email name last_login"
        secret = "password"  # noqa: S105 -- a name of a field
        kept = "account"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to go on; another password or session version ends every session."""
        text = f"{self.password}|{self.session_version}"
        return salted_hmac("leesbouw.accounts.session", text, secret=secret, algorithm="sha256").hexdigest()


def managed_units(actor: Actor) -> models.QuerySet[Unit]:
    """Units whose accounts this actor may manage, given the right to do so: her own, and for a library its branches
    and the locations, boards and municipalities of its area."""
    if actor.kind == "system":
        return Unit.objects.all()
    if actor.unit_id is None:
        return Unit.objects.none()
    if actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return Unit.objects.filter(pk=actor.unit_id)
    return Unit.objects.filter(
        models.Q(pk__in=actor.libraries)
        | models.Q(pk__in=Branch.objects.visible_to(actor).values("pk"))
        | models.Q(pk__in=Location.objects.visible_to(actor).values("pk"))
        | models.Q(pk__in=Board.objects.visible_to(actor).values("pk"))
        | models.Q(pk__in=area_of(actor))
    )


def of_managed_units(actor: Actor) -> models.Q:
    """A filter for rows with a `unit` whose accounts the actor may manage."""
    return models.Q(unit__in=managed_units(actor).values("pk"))


class RoleAssignment(models.Model):
    """A role that somebody holds at a unit, from and until a day. The role itself is content."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=models.Q(ends_on=None),
                name="accounts_role_held_once",
            )
        ]

    class Privacy:
        none = "id role unit starts_on ends_on created_at"
        personal = "user"
        kept = "role"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_managed_units(actor)

    @classmethod
    def held_today(cls) -> models.Q:
        return on_day(today())


class Link(models.Model):
    """What links have in common: a hashed secret, a life, and one use."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_by_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        abstract = True


class Invitation(Link):
    """Asks somebody to make an account with a role. Setting up the very first library is one without a unit."""

    email = models.EmailField(blank=True)
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    class Privacy:
        none = "id created_at expires_at used_at revoked_at role unit"
        personal = "email name user created_by_id"
        secret = "token_hash"  # noqa: S105 -- a name of a field
        kept = "invitation"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_managed_units(actor)


class SignInLink(Link):
    """Signs somebody in once, because she asked for it by mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Privacy:
        none = "id created_at expires_at used_at revoked_at"
        personal = "user created_by_id"
        secret = "token_hash"  # noqa: S105 -- a name of a field
        kept = "sign-in-link"


class TaskLink(Link):
    """One task for one person without an account: to approve, accept, authorise or fill in.

    `task` names what is done in the registry `accounts.tasks`; `args` are ids. A binding task also asks for a code
    that is mailed at that moment.
    """

    task = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=100)
    binding = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    class Privacy:
        none = "id created_at expires_at used_at revoked_at task args unit binding code_expires_at code_tries codes_sent"
        personal = "email name created_by_id"
        secret = "token_hash code_hash"  # noqa: S105 -- names of fields
        kept = "task-link"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_managed_units(actor)

    def task_args(self) -> dict[str, Any]:
        return dict(self.args)

    @property
    def is_waiting_for_code(self) -> bool:
        """Whether a code was mailed that still works."""
        return bool(self.code_hash and self.code_expires_at and self.code_expires_at > now())
