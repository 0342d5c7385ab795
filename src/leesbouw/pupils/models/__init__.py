"""Pupils: the narrow set of UWLR and nothing more (lending.md §0.4), one room with one door."""

from .classes import ClassDevice, ClassSession, PictureKey, opens_classes
from .pupils import (
    LONGEST_KEY,
    NEAR,
    Enrolment,
    MembershipConsent,
    Pupil,
    PupilMove,
    PupilSettings,
    RefusedKey,
    RightsRequest,
    pupils_of,
)

__all__ = [
    "LONGEST_KEY",
    "NEAR",
    "ClassDevice",
    "ClassSession",
    "Enrolment",
    "MembershipConsent",
    "PictureKey",
    "Pupil",
    "PupilMove",
    "PupilSettings",
    "RefusedKey",
    "RightsRequest",
    "opens_classes",
    "pupils_of",
]
