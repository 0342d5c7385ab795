"""Which figures may leave, decided once for every page, file and chart (ADR 0010, docs/developers/indicators.md).

Inside a school no group is hidden or at least two are. Above the school every total is a sum of cells and whole blocks
that each pass the minimum, so no difference of published figures gives a hidden cell back.
"""

from .blocks import Atom, Member, atoms_of
from .inside import Inside, State, look_inside
from .levels import LEVELS, TREE, Place, Spread, key_of, pool_of, spread
from .makers import MadeBy, counting, enough_makers, makers_of
from .minima import ALONE, Level, Minimum, SuppressionRules, kind_of
from .panels import Counted, PoolOf, panel
from .publication import Publication, Publisher, Row, standing_alone

__all__ = [
    "ALONE",
    "LEVELS",
    "TREE",
    "Atom",
    "Counted",
    "Inside",
    "Level",
    "MadeBy",
    "Member",
    "Minimum",
    "Place",
    "PoolOf",
    "Publication",
    "Publisher",
    "Row",
    "Spread",
    "State",
    "SuppressionRules",
    "atoms_of",
    "counting",
    "enough_makers",
    "key_of",
    "kind_of",
    "look_inside",
    "makers_of",
    "panel",
    "pool_of",
    "spread",
    "standing_alone",
]
