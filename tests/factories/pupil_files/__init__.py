"""Files of pupils in every layout we read, and broken in every way we know of, made from a few simple records.

No real file is kept here: names are made up, BRINs begin with 99, and whatever must never come in is a needle.
"""

from .broken import (
    bomb,
    bsn_as_keys,
    deep,
    excel_bomb,
    external_entity,
    formulas,
    latin_declared_utf8,
    many_attributes,
    parameter_entity,
    truncated,
    twice_the_same_key,
    undeclared_entity,
    utf8_declared_latin,
    with_doctype,
)
from .records import SECRET_ELEMENTS, SECRET_HEADERS, Child, School, Teacher, needle
from .standards import edexml, uwlr
from .tables import (
    esis_csv,
    magister_csv,
    magister_xlsx,
    one_name_csv,
    parnassys_csv,
    somtoday_csv,
    somtoday_xlsx,
    workbook,
)

__all__ = [
    "SECRET_ELEMENTS",
    "SECRET_HEADERS",
    "Child",
    "School",
    "Teacher",
    "bomb",
    "bsn_as_keys",
    "deep",
    "edexml",
    "esis_csv",
    "excel_bomb",
    "external_entity",
    "formulas",
    "latin_declared_utf8",
    "magister_csv",
    "magister_xlsx",
    "many_attributes",
    "needle",
    "one_name_csv",
    "parameter_entity",
    "parnassys_csv",
    "somtoday_csv",
    "somtoday_xlsx",
    "truncated",
    "twice_the_same_key",
    "undeclared_entity",
    "utf8_declared_latin",
    "uwlr",
    "with_doctype",
    "workbook",
]
