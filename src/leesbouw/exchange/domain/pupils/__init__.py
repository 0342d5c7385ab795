"""Files of pupils: EDEXML, UWLR, and the tables of ParnasSys, ESIS, Magister and SOMtoday.

`read_pupils` cuts a file down to the narrow set at the door, `clean_pupil` cleans one of its rows.
"""

from ..facts import PupilFacts
from .cleaning import bsn_among, group_by_any_name
from .columns import COLUMNS, DROPPED, columns_for, forbidden
from .reading import read_pupils
from .rows import clean_pupil
from .years import year_number

__all__ = [
    "COLUMNS",
    "DROPPED",
    "PupilFacts",
    "bsn_among",
    "clean_pupil",
    "columns_for",
    "forbidden",
    "group_by_any_name",
    "read_pupils",
    "year_number",
]
