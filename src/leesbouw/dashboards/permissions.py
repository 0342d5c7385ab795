"""Permission codes of the rooms below that these pages ask for; dashboards have none of their own."""

from __future__ import annotations

from leesbouw.organisations.permissions import (
    CHOOSE_AREA,
    DECIDE_PARTNERSHIP,
    EDIT_GROUPS,
    EDIT_PARTNERSHIP,
    EDIT_UNITS,
    VIEW,
    VIEW_AGREEMENT,
    VIEW_PARTNERSHIP,
)
from leesbouw.people.permissions import ASSIGN, EDIT_CONTACTS, VIEW_CONTACTS, VIEW_STAFF

EDIT_VISITS = "activities.edit_visits"
SHARE_CALENDAR = "activities.share_calendar"
VIEW_LOOK_BACK = "activities.view_look_back"
VIEW_TALKS = "network.view_talks"
EDIT_TALKS = "network.edit_talks"
SET_RHYTHM = "network.set_rhythm"
HANDOVER = "network.handover"
VIEW_ACTIONS = "plans.view_actions"
EDIT_ACTIONS = "plans.edit_actions"
VIEW_BLOCKS = "plans.view_blocks"
VIEW_BOOKS = "collection.view"
EDIT_RULES = "lending.rules"
LEND = "lending.lend"
VIEW_CATALOGUE = "plans.view_catalogue"
VIEW_PLANS = "plans.view_plans"
VIEW_ROUTES = "plans.view_routes"
VIEW_PARENTS = "parents.view"
IMPORT = "exchange.import"
MANAGE_ACCOUNTS = "accounts.manage"
VIEW_STATUS = "core.view_status"
EXPORT = "ui.export"
REPORT = "monitor.report"

__all__ = [
    "ASSIGN",
    "CHOOSE_AREA",
    "DECIDE_PARTNERSHIP",
    "EDIT_ACTIONS",
    "EDIT_CONTACTS",
    "EDIT_GROUPS",
    "EDIT_PARTNERSHIP",
    "EDIT_RULES",
    "EDIT_TALKS",
    "EDIT_UNITS",
    "EDIT_VISITS",
    "EXPORT",
    "HANDOVER",
    "IMPORT",
    "LEND",
    "MANAGE_ACCOUNTS",
    "REPORT",
    "SET_RHYTHM",
    "SHARE_CALENDAR",
    "VIEW",
    "VIEW_ACTIONS",
    "VIEW_AGREEMENT",
    "VIEW_BLOCKS",
    "VIEW_BOOKS",
    "VIEW_CATALOGUE",
    "VIEW_CONTACTS",
    "VIEW_LOOK_BACK",
    "VIEW_PARENTS",
    "VIEW_PARTNERSHIP",
    "VIEW_PLANS",
    "VIEW_ROUTES",
    "VIEW_STAFF",
    "VIEW_STATUS",
    "VIEW_TALKS",
]
