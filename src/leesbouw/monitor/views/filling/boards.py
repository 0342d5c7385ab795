"""The board of a teacher without an account: her own link opens it, for her own group and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from ...queries.doors import holder_of, link_by_token
from .. import classes


class ByLink:
    """Goes before a page of the board: who holds the link is the actor, its group the group."""

    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        link = link_by_token(kwargs["token"])
        if link is None or link.group_id is None:
            raise Http404
        request.actor = holder_of(link)  # type: ignore[attr-defined]
        self.kwargs = kwargs | {"pk": link.group_id}

    def back_url(self) -> str:
        return reverse("monitor:list-board", args=[self.kwargs["token"]])

    def groups_url(self) -> str:
        return ""


class Board(ByLink, classes.Board): ...


class Count(ByLink, classes.Count): ...


class Start(ByLink, classes.Start): ...


class Pause(ByLink, classes.Pause): ...


class Resume(ByLink, classes.Resume): ...


class Read(ByLink, classes.Read): ...


class Expected(ByLink, classes.Expected): ...


class Late(ByLink, classes.Late): ...


class Close(ByLink, classes.Close): ...
