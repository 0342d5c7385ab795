"""Every write of figures; each module is a subject of its own."""

from .facts import FactRow, store_facts
from .findings import FindingRow, finders, store_findings
from .publishing import PUBLISH_JOB, makers, publish, queue_publication
from .storing import CellLike, drop_cells, store_cells

__all__ = [
    "PUBLISH_JOB",
    "CellLike",
    "FactRow",
    "FindingRow",
    "drop_cells",
    "finders",
    "makers",
    "publish",
    "queue_publication",
    "store_cells",
    "store_facts",
    "store_findings",
]
