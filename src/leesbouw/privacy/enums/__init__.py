"""Codes of events, fields and terms in words."""

from .fields import FIELDS, KEPT, MODELS, PEOPLE
from .occasions import Occasion
from .verbs import ROOMS, VERBS, verb_label

__all__ = ["FIELDS", "KEPT", "MODELS", "PEOPLE", "ROOMS", "VERBS", "Occasion", "verb_label"]
