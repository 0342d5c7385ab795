"""Charts: one object from which pages, paper, pictures and slides are made."""

from .drawing import Drawing, Line, Row, Spot, Stop, Strip, drawing
from .model import Chart, ChartError, Kind, Mark, Point, Series
from .words import Table, as_table, in_words

__all__ = [
    "Chart",
    "ChartError",
    "Drawing",
    "Kind",
    "Line",
    "Mark",
    "Point",
    "Row",
    "Series",
    "Spot",
    "Stop",
    "Strip",
    "Table",
    "as_table",
    "drawing",
    "in_words",
]
