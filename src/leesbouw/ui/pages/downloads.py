"""Fetching a long list that was made in the background."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from ..export import stored_answer
from ..queries import own_download
from .base import Page


class DownloadFile(Page):
    """The file, for who ordered it, for a day."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = own_download(self.actor, kwargs["pk"])
        if file is None or not file.path.exists():
            raise Http404
        return stored_answer(file)
