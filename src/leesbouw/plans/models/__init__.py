"""Everything that plans keeps."""

from .base import OfUnit
from .blocks import BlockEvidence, BlockSolution, BlockYear
from .catalogue import CampaignDates, OwnForm
from .goals import Goal, GoalEvaluation, PlannedActivity, Structural
from .learning import LearningMark
from .library import LibraryWork
from .plans import Plan, PlanApproval, PlanComment, PlanField, PlanVersion
from .routes import RouteRun, StepRecord, StepTask
from .side import OwnSide
from .tasks import TaskAgreement, TaskShare
from .todo import Action, ActionCompletion

__all__ = [
    "Action",
    "ActionCompletion",
    "BlockEvidence",
    "BlockSolution",
    "BlockYear",
    "CampaignDates",
    "Goal",
    "GoalEvaluation",
    "LearningMark",
    "LibraryWork",
    "OfUnit",
    "OwnForm",
    "OwnSide",
    "Plan",
    "PlanApproval",
    "PlanComment",
    "PlanField",
    "PlanVersion",
    "PlannedActivity",
    "RouteRun",
    "StepRecord",
    "StepTask",
    "Structural",
    "TaskAgreement",
    "TaskShare",
]
