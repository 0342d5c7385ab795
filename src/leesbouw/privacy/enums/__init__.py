"""Codes of events, fields and terms in words."""

from .fields import FIELDS, KEPT, MODELS
from .verbs import ROOMS, VERBS, verb_label

__all__ = ["FIELDS", "KEPT", "MODELS", "ROOMS", "VERBS", "verb_label"]
