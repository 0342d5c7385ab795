"""The tables of actions, bouwstenen, routes and the catalogue."""

from .blocks import MatrixTable, StatusColumn
from .catalogue import CatalogueTable
from .routes import RUN_TAGS, OverviewTable, RouteColumn, RunTable
from .todo import SOURCES, TAGS, ActionTable
from .yearplans import STATE_TAGS, YearPlanTable

__all__ = [
    "RUN_TAGS",
    "SOURCES",
    "STATE_TAGS",
    "TAGS",
    "ActionTable",
    "CatalogueTable",
    "MatrixTable",
    "OverviewTable",
    "RouteColumn",
    "RunTable",
    "StatusColumn",
    "YearPlanTable",
]
