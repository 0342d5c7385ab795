"""Sessions in the database that a backup does not give away: while an app is being connected its secret stands in one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils.encoding import force_str

from .sealing import Unreadable, seal, unseal


class SessionStore(db.SessionStore):
    """Django's sessions, sealed. Rows from before the sealing are read as they are; Django signed those."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(super().encode(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the row holds; nothing where it was sealed with another secret key or spoilt."""
        try:
            return super().decode(unseal(force_str(session_data)))
        except Unreadable:
            return {}
