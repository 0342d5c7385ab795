"""The plans of a location, one plan as it is read and written, its versions and what people say about it."""

from .base import OfOnePlan
from .pages import PlanPage, Plans, Versions
from .papers import PlanPdf, PlanReadIn, PlanWord
from .writing import (
    AUTOSAVE,
    ActivitiesCopy,
    CommentAdd,
    CommentSettle,
    PlanApprove,
    PlanBegin,
    PlanMoney,
    PlanSend,
    SectionWrite,
)

__all__ = [
    "AUTOSAVE",
    "ActivitiesCopy",
    "CommentAdd",
    "CommentSettle",
    "OfOnePlan",
    "PlanApprove",
    "PlanBegin",
    "PlanMoney",
    "PlanPage",
    "PlanPdf",
    "PlanReadIn",
    "PlanSend",
    "PlanWord",
    "Plans",
    "SectionWrite",
    "Versions",
]
