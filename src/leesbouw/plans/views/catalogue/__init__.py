"""The catalogue of activities, one of them, the calendar of campaigns, something for today, and what one adds."""

from .calendar import ALL, Calendar
from .own import CampaignDays, OwnArchive, OwnEdit, OwnNew, OwnVersion
from .pages import Catalogue, CatalogueForm, IdeaToday, OfForm, PutInPlan

__all__ = [
    "ALL",
    "Calendar",
    "CampaignDays",
    "Catalogue",
    "CatalogueForm",
    "IdeaToday",
    "OfForm",
    "OwnArchive",
    "OwnEdit",
    "OwnNew",
    "OwnVersion",
    "PutInPlan",
]
