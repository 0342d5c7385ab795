"""Reports: what the figures of a location or of a level say, on a page, on paper and on the wall."""

from .level import LEVEL_KINDS, Level, LevelReport, level_by_id, level_report, levels_for
from .paper import FILES, report_file
from .school import SchoolReport, earlier_reports, school_report
from .slides import Slide, slides_of

__all__ = [
    "FILES",
    "LEVEL_KINDS",
    "Level",
    "LevelReport",
    "SchoolReport",
    "Slide",
    "earlier_reports",
    "level_by_id",
    "level_report",
    "levels_for",
    "report_file",
    "school_report",
    "slides_of",
]
