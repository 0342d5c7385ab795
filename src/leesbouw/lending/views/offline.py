"""A desk that goes on without connection: what it takes along, and the script that serves its page meanwhile."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..queries.along import along
from .desk import AtDesk

HERE = Path(__file__).parents[1] / "static" / "lending"
PARTS = ("desk.css", "desk.js", "sounds.js", "link.js", "alone.js", "kept.js", "door.js")


class TakeAlong(AtDesk):
    """`/balie/meenemen/`: for a paired desk that is open."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.desk is None or not self.desk.device:
            return JsonResponse({"locked": True}, status=403)
        return JsonResponse({"token": get_token(request)} | along(self.desk))


@lru_cache(maxsize=1)
def worker_text() -> str:
    """The script with the parts that it keeps; its version changes with any of them, so that a browser takes the new one."""
    text = (HERE / "worker.js").read_text()
    content = hashlib.sha256(text.encode())
    for name in PARTS:
        content.update((HERE / name).read_bytes())
    parts = [static(f"lending/{name}") for name in PARTS]
    content.update(json.dumps(parts).encode())
    return f'const VERSION = "{content.hexdigest()[:16]}", PARTS = {json.dumps(parts)};\n{text}'


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/balie/werker.js`: it lies there because it may serve only what lies beside and below it."""
    return HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
