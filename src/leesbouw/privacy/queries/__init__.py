"""Reads of the audit trail, the outbox and the register of fields."""

from .audit import events_for, names_of, users_in
from .outbox import message_by_id, messages_for
from .processing import leaflet, purposes
from .register import register_of_fields

__all__ = [
    "events_for",
    "leaflet",
    "message_by_id",
    "messages_for",
    "names_of",
    "purposes",
    "register_of_fields",
    "users_in",
]
