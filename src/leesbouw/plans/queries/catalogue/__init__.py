"""The catalogue: forms, campaigns and programmes as content, what a library or school adds, and the school holidays.

For other rooms: `forms_for`, `form_by_code`, `campaigns_between` and `holidays_between`.
"""

from .bodies import CALENDAR, FORMS, HOLIDAYS, CalendarBody, DatesOfCampaign, FormBody, Holiday, HolidaysBody
from .days import Campaign, campaigns_between, holidays_between, own_dates
from .forms import (
    OWN,
    OWN_FORM,
    QUICK,
    ActivityForm,
    block_name,
    form_by_code,
    form_entries,
    form_entry,
    forms_for,
    idea_of_day,
    is_for,
    locations_to_plan,
    may_add_forms,
    may_change_form,
    my_year_groups,
    names_of_measures,
    own_location,
    quick_forms,
    shipped_forms,
)

__all__ = [
    "CALENDAR",
    "FORMS",
    "HOLIDAYS",
    "OWN",
    "OWN_FORM",
    "QUICK",
    "ActivityForm",
    "CalendarBody",
    "Campaign",
    "DatesOfCampaign",
    "FormBody",
    "Holiday",
    "HolidaysBody",
    "block_name",
    "campaigns_between",
    "form_by_code",
    "form_entries",
    "form_entry",
    "forms_for",
    "holidays_between",
    "idea_of_day",
    "is_for",
    "locations_to_plan",
    "may_add_forms",
    "may_change_form",
    "my_year_groups",
    "names_of_measures",
    "own_dates",
    "own_location",
    "quick_forms",
    "shipped_forms",
]
