"""Every read of lending."""

from .figures import PlaceFigures, UnitLine, place_figures, unit_figures
from .months import counted_here, month_images
from .moving import Moving, moving_state, open_loans
from .right import RightLine, right_lines
from .rules import has_own_rules, holidays_for, own_rules, rules_at, usual_rules, year_groups_at
from .state import (
    FoundCopy,
    FoundLoan,
    FoundWho,
    card_with_barcode,
    copy_with_barcode,
    copy_with_id,
    queue_for,
    who_is,
)

__all__ = [
    "FoundCopy",
    "FoundLoan",
    "FoundWho",
    "Moving",
    "PlaceFigures",
    "RightLine",
    "UnitLine",
    "card_with_barcode",
    "copy_with_barcode",
    "copy_with_id",
    "counted_here",
    "has_own_rules",
    "holidays_for",
    "month_images",
    "moving_state",
    "open_loans",
    "own_rules",
    "place_figures",
    "queue_for",
    "right_lines",
    "rules_at",
    "unit_figures",
    "usual_rules",
    "who_is",
    "year_groups_at",
]
