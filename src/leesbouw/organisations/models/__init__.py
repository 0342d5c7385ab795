"""Units, what belonged to whom in which year, groups and partnerships."""

from .agreements import ProcessingAgreement
from .partnerships import CooperationCheck, ExploratoryTalk, GateDecision, Partnership, PartnershipDecision
from .transition import YearTrace, YearTransition
from .units import (
    Board,
    Branch,
    Library,
    LibraryArea,
    Location,
    Municipality,
    Nation,
    Partner,
    Poi,
    Province,
    Unit,
    address_of,
)
from .years import ClassGroup, LocationYear

__all__ = [
    "Board",
    "Branch",
    "ClassGroup",
    "CooperationCheck",
    "ExploratoryTalk",
    "GateDecision",
    "Library",
    "LibraryArea",
    "Location",
    "LocationYear",
    "Municipality",
    "Nation",
    "Partner",
    "Partnership",
    "PartnershipDecision",
    "Poi",
    "ProcessingAgreement",
    "Province",
    "Unit",
    "YearTrace",
    "YearTransition",
    "address_of",
]
