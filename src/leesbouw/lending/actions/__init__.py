"""Every write of lending. The desk, a child that helps itself, the shell and a protocol call the same ones."""

from .cards import CardRow, make_cards, revoke_card
from .cutting import cut_links, forget_pupils
from .desk import Entry, Refused, give_back, lend, renew, scan, undo
from .holds import cancel_hold, place_hold
from .lost import find_again, mark_lost, write_off
from .rules import RulesRow, choose_rules

__all__ = [
    "CardRow",
    "Entry",
    "Refused",
    "RulesRow",
    "cancel_hold",
    "choose_rules",
    "cut_links",
    "find_again",
    "forget_pupils",
    "give_back",
    "lend",
    "make_cards",
    "mark_lost",
    "place_hold",
    "renew",
    "revoke_card",
    "scan",
    "undo",
    "write_off",
]
