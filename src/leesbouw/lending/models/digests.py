"""Teachers who want a message every week about the books of their groups."""

from __future__ import annotations

from django.db import models

from leesbouw.accounts.models import RoleAssignment
from leesbouw.core.access import Actor, GuardedModel


class Digest(GuardedModel):
    """That somebody wants it; it ends with her role. The message holds numbers, never a name of a child."""

    assignment = models.OneToOneField(RoleAssignment, on_delete=models.CASCADE, related_name="+")
    mailed_on = models.DateField(null=True)

    class Privacy:
        none = "id mailed_on"
        personal = "assignment"
        kept = "role"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(assignment=actor.assignment_id, assignment__user=actor.user_id)
