"""Every write of pupils."""

from .classes import (
    end_class,
    let_in,
    note_class_look,
    open_class,
    welcome,
)
from .consents import forget_consents, record_consents, register_members, restore_consent, withdraw_consent
from .devices import disconnect_class_device, drop_own_device, pair_class_device
from .erasing import KIND, REFUSED, erase_pupils, lift_refusals, replay_erasures, replay_refusals
from .moving import MOVE_UP_JOB, ask_to_move_up, move_up_pupils, take_back_all_moves, take_back_moves
from .pictures import print_cards, ready_tiles, renew_pictures, try_pictures
from .restoring import Image, images_of, pupils_in_use, restore_pupils, take_back_pupils
from .rights import (
    Correction,
    answer_request,
    correct_pupil,
    erase_on_request,
    forget_request,
    note_list,
    note_list_look,
    note_look,
    open_request,
    refuse_bsn,
)
from .settings import choose_birth_years
from .storing import PupilRow, leave_pupils, put_pupils, require_agreement

__all__ = [
    "KIND",
    "MOVE_UP_JOB",
    "REFUSED",
    "Correction",
    "Image",
    "PupilRow",
    "answer_request",
    "ask_to_move_up",
    "choose_birth_years",
    "correct_pupil",
    "disconnect_class_device",
    "drop_own_device",
    "end_class",
    "erase_on_request",
    "erase_pupils",
    "forget_consents",
    "forget_request",
    "images_of",
    "leave_pupils",
    "let_in",
    "lift_refusals",
    "move_up_pupils",
    "note_class_look",
    "note_list",
    "note_list_look",
    "note_look",
    "open_class",
    "open_request",
    "pair_class_device",
    "print_cards",
    "pupils_in_use",
    "put_pupils",
    "ready_tiles",
    "record_consents",
    "refuse_bsn",
    "register_members",
    "renew_pictures",
    "replay_erasures",
    "replay_refusals",
    "require_agreement",
    "restore_consent",
    "restore_pupils",
    "take_back_all_moves",
    "take_back_moves",
    "take_back_pupils",
    "try_pictures",
    "welcome",
    "withdraw_consent",
]
