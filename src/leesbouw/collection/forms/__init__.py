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

__all__ = [
    "LANGUAGES",
    "CopiesForm",
    "CopyForm",
    "ExclusionForm",
    "LabelsForm",
    "ProvisionForm",
    "TitleFilters",
    "TitleForm",
    "agreed_now",
    "initial_of",
]
