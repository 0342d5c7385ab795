"""`leesbouw users`: who has an account; a link for whoever is locked out."""

from __future__ import annotations

import argparse

from leesbouw.accounts import actions, queries
from leesbouw.core.access import SYSTEM

from . import gettext as _
from . import show, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--setup-link", action="store_true", help=_("print the one-time link of an empty installation")
    )
    parser.add_argument(
        "--reset-second-step",
        metavar=_("EMAIL"),
        help=_("take away the app, passkeys and recovery codes of somebody who cannot get in"),
    )
    show.add_json(parser)


def run(options: argparse.Namespace) -> int:
    if options.setup_link:
        from leesbouw.accounts import setup

        link = setup.setup_link()
        show.result(options, {"link": link}, link or _("This installation already has a library."))
        return 0 if link else 1
    if options.reset_second_step:
        return _reset_second_step(options)
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


def _reset_second_step(options: argparse.Namespace) -> int:
    user = queries.user_by_email(options.reset_second_step)
    if user is None:
        stop(_("Nobody has an account with that address."))
    if not queries.second_steps_of(user):
        stop(_("This account has no second step."))
    actions.reset_mfa(user_id=user.pk, by=SYSTEM)
    text = _("The second step of %(name)s is gone. She signs in with her password and sets up a new one.")
    show.result(options, {"reset": user.email}, text % {"name": user.name})
    return 0
