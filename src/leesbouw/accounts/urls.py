"""Addresses of this app. allauth asks for its own names, so those stand outside our namespace."""

from __future__ import annotations

from django.urls import include, path, re_path

from leesbouw.ui.pages import exportable

from .views import giving, links, me, security, signing_in, users

doors = [
    path("", signing_in.Start.as_view(), name="start"),
    path("demo/<int:assignment_id>/", signing_in.DemoSignIn.as_view(), name="demo-sign-in"),
    path("taal/", signing_in.Language.as_view(), name="language"),
    path("aanmelden/link/", signing_in.AskLink.as_view(), name="sign-in-link-ask"),
    path(
        "aanmelden/link/verstuurd/",
        signing_in.LinkSent.as_view(),
        name="sign-in-link-sent",
    ),
    path("aanmelden/link/<str:token>/", signing_in.UseLink.as_view(), name="sign-in-link"),
    path("uitnodiging/<str:token>/", links.AcceptInvitation.as_view(), name="invitation"),
    path("inrichten/<str:token>/", links.SetUp.as_view(), name="set-up"),
    path("taak/<str:token>/", links.DoTask.as_view(), name="task"),
]

own = [
    path("account/", me.Me.as_view(), name="me"),
    path("account/beveiliging/instellen/", security.SetUpSecondStep.as_view(), name="secure"),
    path("account/overal-afmelden/", me.SignOutEverywhere.as_view(), name="sign-out-everywhere"),
    path("rol/", me.SwitchRole.as_view(), name="role-switch"),
    path("rol/<int:assignment_id>/", me.SwitchRole.as_view(), name="role-switch"),
]

managing = [
    *exportable("beheer/gebruikers/", users.UserList, "user-list"),
    path("beheer/gebruikers/uitnodigen/", giving.ChooseRole.as_view(), name="invite"),
    path("beheer/gebruikers/uitnodigen/<slug:code>/", giving.Invite.as_view(), name="invite-role"),
    path("beheer/gebruikers/<int:user_id>/", users.UserDetail.as_view(), name="user-detail"),
    path("beheer/gebruikers/<int:user_id>/rol/", giving.ChooseRoleFor.as_view(), name="role-choose"),
    path("beheer/gebruikers/<int:user_id>/rol/<slug:code>/", giving.AddRole.as_view(), name="role-add"),
    path("beheer/gebruikers/<int:user_id>/uitzetten/", users.Deactivate.as_view(), name="user-deactivate"),
    path("beheer/gebruikers/<int:user_id>/aanzetten/", users.Reactivate.as_view(), name="user-reactivate"),
    path(
        "beheer/gebruikers/<int:user_id>/tweede-stap-wissen/",
        users.ResetSecondStep.as_view(),
        name="user-reset-second-step",
    ),
    path("beheer/rollen/<int:assignment_id>/beeindigen/", users.EndRole.as_view(), name="role-end"),
    path(
        "beheer/uitnodigingen/<int:invitation_id>/opnieuw/",
        users.ResendInvitation.as_view(),
        name="invitation-resend",
    ),
    path(
        "beheer/uitnodigingen/<int:invitation_id>/intrekken/",
        users.RevokeInvitation.as_view(),
        name="invitation-revoke",
    ),
    path("beheer/taaklinks/<int:link_id>/intrekken/", users.RevokeTask.as_view(), name="task-revoke"),
]

account = [
    path("aanmelden/", signing_in.SignIn.as_view(), name="account_login"),
    path("aanmelden/uitgezet/", signing_in.SwitchedOff.as_view(), name="account_inactive"),
    path("afmelden/", signing_in.SignOut.as_view(), name="account_logout"),
    path("wachtwoord/vergeten/", signing_in.Forgotten.as_view(), name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        signing_in.ForgottenSent.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord/vergeten/klaar/",
        signing_in.AfterForgettingDone.as_view(),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord/vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.AfterForgetting.as_view(),
        name="account_reset_password_from_key",
    ),
    path("account/wachtwoord/", security.ChangePassword.as_view(), name="account_change_password"),
    path("account/wachtwoord/instellen/", security.SetPassword.as_view(), name="account_set_password"),
    path("account/bevestigen/", security.ProvePassword.as_view(), name="account_reauthenticate"),
]

second_step = [
    path("aanmelden/code/", signing_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("aanmelden/passkey/", signing_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("account/bevestigen/code/", security.ProveCode.as_view(), name="mfa_reauthenticate"),
    path("account/bevestigen/passkey/", security.ProvePasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/beveiliging/", security.Overview.as_view(), name="mfa_index"),
    path("account/beveiliging/app/", security.ConnectApp.as_view(), name="mfa_activate_totp"),
    path("account/beveiliging/app/weg/", security.DisconnectApp.as_view(), name="mfa_deactivate_totp"),
    path(
        "account/beveiliging/herstelcodes/", security.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"
    ),
    path(
        "account/beveiliging/herstelcodes/nieuw/",
        security.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/beveiliging/herstelcodes/bestand/",
        security.DownloadRecoveryCodes.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("account/beveiliging/passkeys/", security.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("account/beveiliging/passkeys/nieuw/", security.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "account/beveiliging/passkeys/<int:pk>/naam/",
        security.NamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/beveiliging/passkeys/<int:pk>/weg/",
        security.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [
    path("", include(([*doors, *own, *managing], "accounts"))),
    *account,
    *second_step,
]
