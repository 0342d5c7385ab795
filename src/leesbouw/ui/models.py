"""Selections of a list that somebody keeps under a name, and long lists that are made in the background."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.files import StoredFile
from leesbouw.core.time import now


class SavedView(models.Model):
    """Filters, order and columns of one list. Its owner sees it; with a unit named, everybody of that unit does.

    `removed_at` keeps a deleted one for a day, so that deleting can be undone; `former_name` does so for a new name.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    former_name = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    shared_with_unit = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["page", "user"], name="ui_view_page")]

    class Privacy:
        none = "id page position shared_with_unit created_at removed_at"
        personal = "user name former_name query"
        kept = "with the account"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        seen = models.Q(user=actor.user_id)
        if actor.unit_id is not None:
            seen |= models.Q(shared_with_unit=actor.unit_id)
        return seen & models.Q(removed_at=None)


class Download(models.Model):
    """A list that is too long to make while somebody waits: which one, for whom, and for a day the file."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    query = models.TextField(blank=True)
    format = models.CharField(max_length=4)
    created_at = models.DateTimeField(default=now, db_index=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "id path format created_at file"
        personal = "user query"
        kept = "download"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(user=actor.user_id)
