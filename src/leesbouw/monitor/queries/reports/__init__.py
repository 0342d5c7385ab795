"""Reports: what a location's figures say, on a page, on paper and on the wall."""

from .paper import as_paper
from .school import SchoolReport, earlier_reports, school_report
from .slides import Slide, slides_of

__all__ = ["SchoolReport", "Slide", "as_paper", "earlier_reports", "school_report", "slides_of"]
