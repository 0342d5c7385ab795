"""The tables of the Monitor."""

from .research import CodebookTable, DatasetTable, ListTable, MeasureTable, ReleaseTable
from .rounds import CandidateTable, LevelTable, ProgressTable, RoundTable, asks_tag, newest

__all__ = [
    "CandidateTable",
    "CodebookTable",
    "DatasetTable",
    "LevelTable",
    "ListTable",
    "MeasureTable",
    "ProgressTable",
    "ReleaseTable",
    "RoundTable",
    "asks_tag",
    "newest",
]
