"""`leesbouw users`: who has an account; a link for whoever is locked out."""

from __future__ import annotations

import argparse

from leesbouw.accounts import queries
from leesbouw.core.access import SYSTEM

from . import gettext as _
from . import show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--setup-link", action="store_true", help="print the one-time link of an empty installation"
    )
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    if options.setup_link:
        from leesbouw.accounts import setup

        link = setup.setup_link()
        show.result(options, {"link": link}, link or _("This installation already has a library."))
        return 0 if link else 1
    rows = [
        {
            "name": row.user.name,
            "email": row.user.email,
            "role": row.role,
            "unit": row.unit.name,
            "active": row.user.is_active,
            "until": row.ends_on,
        }
        for row in queries.users_visible_to(SYSTEM)
    ]
    lines = [f"{row['email']:40} {row['role']:26} {row['unit']}" for row in rows]
    show.result(options, {"users": rows}, "\n".join(lines) or _("Nobody has an account yet."))
    return 0
