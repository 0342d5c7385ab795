"""Every form and filter of the collection."""

from .agreed import ExclusionForm, ProvisionForm, agreed_now
from .catalogue import (
    LANGUAGES,
    CopiesForm,
    CopyForm,
    LabelsForm,
    TitleFilters,
    TitleForm,
    initial_of,
)
from .counting import CloseForm, ScanForm, StocktakeForm
from .environments import EnvironmentForm, PhotoForm
from .sets import FillForm, MoveForm, SetFilters, SetForm, StayForm
from .weeding import WeedFilters

__all__ = [
    "LANGUAGES",
    "CloseForm",
    "CopiesForm",
    "CopyForm",
    "EnvironmentForm",
    "ExclusionForm",
    "FillForm",
    "LabelsForm",
    "MoveForm",
    "PhotoForm",
    "ProvisionForm",
    "ScanForm",
    "SetFilters",
    "SetForm",
    "StayForm",
    "StocktakeForm",
    "TitleFilters",
    "TitleForm",
    "WeedFilters",
    "agreed_now",
    "initial_of",
]
