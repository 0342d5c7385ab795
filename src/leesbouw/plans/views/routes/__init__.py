"""Routes: what runs and where it is stuck, a route explained, one that runs, and its steps."""

from .lists import Overview, RunList
from .runs import OfRun, RunPage, RunStop, StepOpen, StepPage, StepPlan
from .texts import OfRoute, RouteFollow, RoutePage, RouteStart, RouteText

__all__ = [
    "OfRoute",
    "OfRun",
    "Overview",
    "RouteFollow",
    "RoutePage",
    "RouteStart",
    "RouteText",
    "RunList",
    "RunPage",
    "RunStop",
    "StepOpen",
    "StepPage",
    "StepPlan",
]
