"""The tables of the Monitor."""

from .research import CodebookTable, DatasetTable, ListTable, MeasureTable
from .rounds import CandidateTable, LevelTable, ProgressTable, RoundTable, asks_tag, newest

__all__ = [
    "CandidateTable",
    "CodebookTable",
    "DatasetTable",
    "LevelTable",
    "ListTable",
    "MeasureTable",
    "ProgressTable",
    "RoundTable",
    "asks_tag",
    "newest",
]
