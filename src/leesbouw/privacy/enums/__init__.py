"""Codes of events, fields and terms in words."""

from .fields import FIELDS, KEPT, MODELS
from .occasions import Occasion
from .verbs import ROOMS, VERBS, verb_label

__all__ = ["FIELDS", "KEPT", "MODELS", "ROOMS", "VERBS", "Occasion", "verb_label"]
