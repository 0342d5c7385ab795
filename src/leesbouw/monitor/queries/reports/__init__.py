"""Reports: what a location's figures say, on a page, on paper and on the wall."""

from .paper import FILES, report_file
from .school import SchoolReport, earlier_reports, school_report
from .slides import Slide, slides_of

__all__ = ["FILES", "SchoolReport", "Slide", "earlier_reports", "report_file", "school_report", "slides_of"]
