"""The tables of actions, bouwstenen, routes and the catalogue."""

from .blocks import MatrixTable, StatusColumn
from .catalogue import CatalogueTable
from .learning import LearningTable
from .routes import RUN_TAGS, OverviewTable, RouteColumn, RunTable
from .timetables import TimetableTable
from .todo import SOURCES, TAGS, ActionTable
from .yearplans import STATE_TAGS, YearPlanTable

__all__ = [
    "RUN_TAGS",
    "SOURCES",
    "STATE_TAGS",
    "TAGS",
    "ActionTable",
    "CatalogueTable",
    "LearningTable",
    "MatrixTable",
    "OverviewTable",
    "RouteColumn",
    "RunTable",
    "StatusColumn",
    "TimetableTable",
    "YearPlanTable",
]
