"""Django finds the kernel's models here; each lives in the room it belongs to."""

from .audit import AuditEvent
from .content import ContentItem
from .erasures import Erasure
from .files import StoredFile
from .jobs import Job, ScheduleRun
from .mail import Outgoing
from .once import RequestKey
from .search import Document, Word
from .stamp import Stamp

__all__ = [
    "AuditEvent",
    "ContentItem",
    "Document",
    "Erasure",
    "Job",
    "Outgoing",
    "RequestKey",
    "ScheduleRun",
    "Stamp",
    "StoredFile",
    "Word",
]
