"""Sessions in the database that a backup does not give away: while an app is being connected its secret stands in one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils.encoding import force_str

from .db import Asked
from .sealing import Unreadable, seal, unseal
from .time import now


class SessionStore(db.SessionStore):
    """Django's sessions, sealed. Rows from before the sealing are read as they are; Django signed those."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(super().encode(session_dict))

    def _get_session_from_db(self) -> Any:
        found = OPEN.objects(self.session_key, connection.ops.adapt_datetimefield_value(now()))
        if not found:
            self._session_key = None
            return None
        return found[0]

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the row holds; nothing where it was sealed with another secret key or spoilt."""
        try:
            return super().decode(unseal(force_str(session_data)))
        except Unreadable:
            return {}


OPEN = Asked(
    lambda: SessionStore.get_model_class().objects.filter(session_key="").filter(expire_date__gt=now())
)  # every request begins with it
