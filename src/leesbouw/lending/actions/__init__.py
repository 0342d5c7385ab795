"""Every write of lending. The desk, a child that helps itself, the shell and a protocol call the same ones."""

from .away import report_away, take_up_again
from .bringing import PastLoan, bring_loans
from .cards import CardRow, make_cards, print_class, revoke_card
from .cutting import cut_links, forget_pupils
from .desk import Refused, choose, give_back, lend, renew, scan, undo
from .desks import (
    NewDesk,
    add_volunteer,
    drop_volunteer,
    make_desk,
    open_desk,
    pair_desk,
    revoke_desk,
)
from .digests import DIGEST_JOB, end_digest, mail_digests, want_digest
from .doing import Entry, Outcome
from .handling import Reply, handle
from .holds import cancel_hold, place_hold
from .looks import note_group_look, note_list_taken, note_school_look
from .lost import find_again, mark_lost, write_off
from .months import COUNT_JOB, count_months
from .moving import PastHold, TakenBack, bring_holds, revoked_since, take_back_moved
from .right import FORMATS as RIGHT_FORMATS
from .right import RIGHT_JOB, make_right, order_right, right_file
from .rules import RulesRow, choose_rules
from .self_service import Told, help_oneself, let_in_at_tablet, tiles_at_tablet, try_at_tablet
from .stacks import Stack, give_back_stack, lend_box, lend_stack
from .surprises import note_surprise, see_surprises
from .telling import tell_year
from .told_months import MonthRow, store_months, take_back_months

__all__ = [
    "COUNT_JOB",
    "DIGEST_JOB",
    "RIGHT_FORMATS",
    "RIGHT_JOB",
    "CardRow",
    "Entry",
    "MonthRow",
    "NewDesk",
    "Outcome",
    "PastHold",
    "PastLoan",
    "Refused",
    "Reply",
    "RulesRow",
    "Stack",
    "TakenBack",
    "Told",
    "add_volunteer",
    "bring_holds",
    "bring_loans",
    "cancel_hold",
    "choose",
    "choose_rules",
    "count_months",
    "cut_links",
    "drop_volunteer",
    "end_digest",
    "find_again",
    "forget_pupils",
    "give_back",
    "give_back_stack",
    "handle",
    "help_oneself",
    "lend",
    "lend_box",
    "lend_stack",
    "let_in_at_tablet",
    "mail_digests",
    "make_cards",
    "make_desk",
    "make_right",
    "mark_lost",
    "note_group_look",
    "note_list_taken",
    "note_school_look",
    "note_surprise",
    "open_desk",
    "order_right",
    "pair_desk",
    "place_hold",
    "print_class",
    "renew",
    "report_away",
    "revoke_card",
    "revoke_desk",
    "revoked_since",
    "right_file",
    "scan",
    "see_surprises",
    "store_months",
    "take_back_months",
    "take_back_moved",
    "take_up_again",
    "tell_year",
    "tiles_at_tablet",
    "try_at_tablet",
    "undo",
    "want_digest",
    "write_off",
]
