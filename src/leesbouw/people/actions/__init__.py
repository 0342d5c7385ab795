"""Every write of people."""

from .confirming import TASK, ask_to_confirm, confirm_contact
from .contacts import (
    ContactRow,
    contact_back,
    contact_left,
    save_contact,
    save_contacts,
)
from .forgetting import erase_contact, note_export, wipe_contacts, wipe_contacts_again, wipe_staff
from .new_year import give_back_year_teachers, set_year_teachers, take_back_year_teachers
from .relations import RelationRow, relate, relate_all, unrelate
from .staff import (
    AssignmentRow,
    StaffRow,
    assign_consultant,
    assign_consultants,
    end_assignment,
    end_staff,
    save_staff,
    staff_back,
)
from .teachers import GroupChange, TeacherRow, set_group_teachers, set_teachers, take_back_contacts

__all__ = [
    "TASK",
    "AssignmentRow",
    "ContactRow",
    "GroupChange",
    "RelationRow",
    "StaffRow",
    "TeacherRow",
    "ask_to_confirm",
    "assign_consultant",
    "assign_consultants",
    "confirm_contact",
    "contact_back",
    "contact_left",
    "end_assignment",
    "end_staff",
    "erase_contact",
    "give_back_year_teachers",
    "note_export",
    "relate",
    "relate_all",
    "save_contact",
    "save_contacts",
    "save_staff",
    "set_group_teachers",
    "set_teachers",
    "set_year_teachers",
    "staff_back",
    "take_back_contacts",
    "take_back_year_teachers",
    "unrelate",
    "wipe_contacts",
    "wipe_contacts_again",
    "wipe_staff",
]
