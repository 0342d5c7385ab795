"""Every write of accounts."""

from .invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from .roles import add_role, end_role, reopen_role
from .setting_up import open_set_up, set_up
from .signing_in import ask_sign_in_link, make_sign_in_link, record_refusal, record_sign_in, use_sign_in_link
from .task_links import create_task_link, perform_task, revoke_task_link, send_code
from .users import (
    choose_language,
    choose_role,
    create_user,
    deactivate_user,
    reactivate_user,
    rename_user,
    reset_mfa,
    sign_out_everywhere,
)

__all__ = [
    "accept_invitation",
    "add_role",
    "ask_sign_in_link",
    "choose_language",
    "choose_role",
    "create_task_link",
    "create_user",
    "deactivate_user",
    "end_role",
    "invite",
    "make_sign_in_link",
    "open_set_up",
    "perform_task",
    "reactivate_user",
    "record_refusal",
    "record_sign_in",
    "rename_user",
    "reopen_role",
    "resend_invitation",
    "reset_mfa",
    "revoke_invitation",
    "revoke_task_link",
    "send_code",
    "set_up",
    "sign_out_everywhere",
    "use_sign_in_link",
]
