"""What people gives to the rooms below: a place in the menu, and everybody in the search index."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.models import TaskLink
from leesbouw.accounts.tasks import Task, tasks
from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, commands, holders, menu, own_groups, search_sources
from leesbouw.core.retention import rows
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import StepStatus
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import trace_of, transition_of
from leesbouw.organisations.year_steps import YearStep, YearStepState, year_steps

from . import actions, forms
from .models import ConsultantAssignment, Contact, GroupTeacher, Relation, StaffMember
from .permissions import EDIT_CONTACTS, VIEW_CONTACTS, VIEW_STAFF
from .queries import contact_of_link, groups_without_teacher, person_entries, teacher_blocks, what_is_kept
from .queries.lists import groups_taught
from .queries.new_year import STEP


def people_url(actor: Actor) -> str | None:
    """Contacts for whoever may see them, else colleagues."""
    if actor.may(VIEW_CONTACTS):
        return reverse("people:contact-list")
    return reverse("people:staff-list") if actor.may(VIEW_STAFF) else None


menu.add("people", MenuItem(_("People"), "people", people_url, under=("/mensen/",)))
commands.add(
    "new-contact",
    Command(
        _("Add a contact"),
        lambda actor: reverse("people:contact-new"),
        EDIT_CONTACTS,
        words=_("new person name"),
    ),
)


def _what_she_sees(*, by: Actor, link: TaskLink) -> dict[str, Any]:
    contact = contact_of_link(link).first()
    if contact is None:
        return {}
    initial = {"name": contact.name, "email": contact.email, "phone": contact.phone, "works_here": "yes"}
    return {"initial": initial, "kept": what_is_kept(contact)}


tasks.add(
    actions.TASK,
    Task(
        label=_("Is this still right?"),
        template="people/tasks/confirm_contact.html",
        perform=actions.confirm_contact,
        permissions=frozenset({EDIT_CONTACTS}),
        context=_what_she_sees,
        form_class=forms.ConfirmForm,
        button=_("Send this"),
        done=_("Thank you. The library has your answer."),
    ),
)
search_sources.add("person", person_entries)


def _contacts(limit: date) -> QuerySet[Contact]:
    return Contact.objects.trusted("contacts over their term").filter(left_on__lt=limit)


def _staff(limit: date) -> QuerySet[StaffMember]:
    return StaffMember.objects.trusted("colleagues over their term").filter(ends_on__lt=limit)


def _relations(limit: date) -> QuerySet[Relation]:
    return Relation.objects.trusted("relations over their term").filter(ends_on__lt=limit)


def _teachers(limit: date) -> QuerySet[GroupTeacher]:
    return GroupTeacher.objects.trusted("teachers over their term").filter(ends_on__lt=limit)


def _assignments(limit: date) -> QuerySet[ConsultantAssignment]:
    return ConsultantAssignment.objects.trusted("assignments over their term").filter(ends_on__lt=limit)


holders.add(
    "contact",
    rows(_("Contacts"), "contact", _contacts, wipe=actions.wipe_contacts, replay=actions.wipe_contacts_again),
)
holders.add("staff", rows(_("Colleagues"), "staff", _staff, wipe=actions.wipe_staff))
holders.add("relation", rows(_("Who talks to whom"), "relation", _relations))
own_groups.add("teacher", groups_taught)
holders.add("teacher", rows(_("Teachers of groups"), "relation", _teachers))
holders.add("assignment", rows(_("Assignments of consultants"), "relation", _assignments))


def teachers_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """How many groups have a teacher; done once somebody looked and every group has one."""
    total, without = groups_without_teacher(actor, location, year)
    transition = transition_of(actor, location, year)
    looked = transition is not None and trace_of(transition, STEP) is not None
    if total == 0 or (not looked and len(without) == total):
        return YearStepState(StepStatus.NOT_BEGUN)
    if not without:
        return YearStepState(StepStatus.DONE, gettext("Every group has a teacher."), total)
    words = gettext("Nobody yet for: %(names)s.") % {"names": ", ".join(without)}
    return YearStepState(StepStatus.MISSING, words, total - len(without))


def teachers_url(actor: Actor, location: Location, year: SchoolYear) -> str:
    """The page on which every group gets its teachers."""
    kind = "school" if location.is_school else "childcare"
    return f"{reverse(f'people:new-year-{kind}', args=[location.code])}?jaar={year}"


year_steps.add(
    STEP,
    YearStep(
        order=50,
        label=_("Choose the teachers of the groups"),
        what=_("Last year's teachers are filled in already."),
        state=teachers_state,
        url=teachers_url,
        permission=EDIT_CONTACTS,
        blocks=teacher_blocks,
        take_back=actions.take_back_year_teachers,
    ),
)
