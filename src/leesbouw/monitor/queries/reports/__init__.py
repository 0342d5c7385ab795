"""Reports: what the figures of a location or of a level say, on a page, on paper and on the wall."""

from .chosen import Choice, ChosenReport, choice_of, choices_for, chosen_report
from .level import LEVEL_KINDS, Level, LevelReport, level_by_id, level_report, levels_for
from .own_questions import own_charts
from .paper import FILES, chosen_file, level_file, report_file
from .response import TakesPart
from .school import SchoolReport, earlier_reports, school_report
from .slides import Slide, level_slides, slides_of
from .team import Known, Proposed, known_at, proposed_points

__all__ = [
    "FILES",
    "LEVEL_KINDS",
    "Choice",
    "ChosenReport",
    "Known",
    "Level",
    "LevelReport",
    "Proposed",
    "SchoolReport",
    "Slide",
    "TakesPart",
    "choice_of",
    "choices_for",
    "chosen_file",
    "chosen_report",
    "earlier_reports",
    "known_at",
    "level_by_id",
    "level_file",
    "level_report",
    "level_slides",
    "levels_for",
    "own_charts",
    "proposed_points",
    "report_file",
    "school_report",
    "slides_of",
]
