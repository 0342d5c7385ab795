"""Addresses that may be opened without signing in. This list is the only one; a test walks every address with it."""

from __future__ import annotations

# Pages that anybody may see, by the name of their address.
PUBLIC = frozenset(
    {
        "accounts:start",
        "accounts:demo-sign-in",
        "accounts:language",
        "accounts:invitation",
        "accounts:set-up",
        "accounts:task",
        "accounts:sign-in-link-ask",
        "accounts:sign-in-link-sent",
        "accounts:sign-in-link",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "ui:privacy",
        "ui:accessibility",
        "ui:news",
        "ui:help",
        "ui:theme",
        "dashboards:healthz",
        "activities:feed",
        "lending:desk",
        "lending:desk-process",
        "lending:desk-names",
        "lending:desk-along",
        "lending:desk-worker",
        "lending:desk-pair",
        "lending:self",
        "lending:self-pair",
        "lending:self-leave",
        "lending:self-tiles",
        "lending:self-pictures",
        "lending:desk-open",
        "lending:desk-lock",
        "pupils:door-start",
        "pupils:door-leave",
        "pupils:door-forget",
        "pupils:door",
        "pupils:door-pictures",
        "pupils:door-in",
        "pupils:child-known",
        "shelf:mine",
        "shelf:list",
        "shelf:list-pdf",
        "shelf:list-word",
        "shelf:shelf",
        "shelf:shelf-keep",
        "shelf:case",
        "shelf:ideas",
        "shelf:surprise",
        "shelf:book",
        "shelf:book-feel",
        "shelf:book-list",
        "shelf:book-drop",
        "shelf:book-wait",
        "shelf:book-wait-no-more",
        "shelf:book-tip",
        "shelf:book-untip",
        "shelf:tips",
        "monitor:fill-start",
        "monitor:fill",
        "monitor:fill-state",
        "monitor:fill-done",
        "monitor:phone-start",
        "monitor:phone",
        "monitor:list",
        "monitor:list-copy",
        "monitor:list-board",
        "monitor:list-count",
        "monitor:list-start",
        "monitor:list-pause",
        "monitor:list-resume",
        "monitor:list-read",
        "monitor:list-expected",
        "monitor:list-late",
        "monitor:list-close",
    }
)

# For who signed in but holds no role today, or must set up a second step first: her own account and nothing else.
OWN_ACCOUNT = frozenset(
    {
        "accounts:me",
        "accounts:secure",
        "accounts:role-switch",
        "accounts:sign-out-everywhere",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
    }
)


def is_public(view_name: str) -> bool:
    """Whether somebody who did not sign in may open the address with this name."""
    return view_name in PUBLIC


def is_own_account(view_name: str) -> bool:
    """Whether an address only concerns the account of who asks."""
    return view_name in OWN_ACCOUNT or view_name in PUBLIC
