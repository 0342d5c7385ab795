"""Forms of organisations: what was agreed, groups, and units by hand."""

from .partnerships import (
    CheckForm,
    DecisionForm,
    ExploratoryTalkForm,
    GateForm,
    PartnershipChangeForm,
    PartnershipStartForm,
    PhaseForm,
    WaitingForm,
)
from .transition import NewGroupsForm
from .units import (
    BranchForm,
    CloseForm,
    GroupForm,
    LocationAddForm,
    LocationChangeForm,
    PartnerForm,
)

__all__ = [
    "BranchForm",
    "CheckForm",
    "CloseForm",
    "DecisionForm",
    "ExploratoryTalkForm",
    "GateForm",
    "GroupForm",
    "LocationAddForm",
    "LocationChangeForm",
    "NewGroupsForm",
    "PartnerForm",
    "PartnershipChangeForm",
    "PartnershipStartForm",
    "PhaseForm",
    "WaitingForm",
]
