"""What one may read of figures; each module is a subject of its own."""

from .measures import Measure, measure, measures

__all__ = ["Measure", "measure", "measures"]
