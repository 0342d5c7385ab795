"""Forms and filters of pupils."""

from .moving import MoveUpForm
from .pupils import (
    ANSWERED,
    OPEN,
    AnswerForm,
    ConsentForm,
    CorrectionForm,
    EraseForm,
    ExportForm,
    PupilFilters,
    RegisterForm,
    RequestFilters,
    RequestForm,
    SettingsForm,
    WithdrawForm,
)

__all__ = [
    "ANSWERED",
    "OPEN",
    "AnswerForm",
    "ConsentForm",
    "CorrectionForm",
    "EraseForm",
    "ExportForm",
    "MoveUpForm",
    "PupilFilters",
    "RegisterForm",
    "RequestFilters",
    "RequestForm",
    "SettingsForm",
    "WithdrawForm",
]
