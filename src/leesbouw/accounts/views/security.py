"""Somebody's own second step: app, passkeys and recovery codes; and proving once more who she is."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from ..forms import signing_in as forms
from ..queries import has_passkey, lost_recovery_codes
from .signing_in import TooOften


class Overview(mfa.IndexView):
    template_name = "accounts/security/overview.html"


class SetUpSecondStep(TemplateView):
    """For who must have a second step and has none yet: what it is, and a choice of two."""

    template_name = "accounts/security/set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_needed=self.request.needs_second_step, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ConnectApp(totp.ActivateTOTPView):
    form_class = forms.ConnectAppForm
    template_name = "accounts/security/connect_app.html"


class DisconnectApp(totp.DeactivateTOTPView):
    template_name = "accounts/security/disconnect_app.html"


class StillReadable:
    """Codes that nobody can read any more cannot be shown; the page that makes new ones tells so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if lost_recovery_codes(request.user):
            return redirect("mfa_generate_recovery_codes")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(StillReadable, recovery.ViewRecoveryCodesView):
    template_name = "accounts/security/recovery_codes.html"


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    template_name = "accounts/security/new_recovery_codes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if lost_recovery_codes(self.request.user):  # past allauth, which counts the codes and so reads them
            return FormView.get_context_data(self, are_lost=True, **kwargs)
        return super().get_context_data(**kwargs)


class DownloadRecoveryCodes(StillReadable, recovery.DownloadRecoveryCodesView):
    template_name = "accounts/security/recovery_codes.txt"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        answer["Content-Disposition"] = 'attachment; filename="leesbouw-herstelcodes.txt"'
        return answer


class Passkeys(passkeys.ListWebAuthnView):
    template_name = "accounts/security/passkeys.html"


@method_decorator(never_cache, name="dispatch")
class AddPasskey(passkeys.AddWebAuthnView):
    """Always a passkey that can sign in by itself, never a mere second key."""

    form_class = forms.AddPasskeyForm
    template_name = "accounts/security/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context


class OwnPasskey:
    """Somebody else's passkey does not exist; that comes before the question whether it is still you."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_passkey(request.user, kwargs["pk"]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class NamePasskey(OwnPasskey, passkeys.EditWebAuthnView):
    form_class = forms.NamePasskeyForm
    template_name = "accounts/security/name_passkey.html"


class RemovePasskey(OwnPasskey, passkeys.RemoveWebAuthnView):
    template_name = "accounts/security/remove_passkey.html"


class ProvePassword(TooOften, account.ReauthenticateView):
    form_class = forms.ProvePasswordForm
    template_name = "accounts/security/prove.html"


class ProveCode(TooOften, mfa.ReauthenticateView):
    form_class = forms.ProveCodeForm
    template_name = "accounts/security/prove.html"


class ProvePasskey(passkeys.ReauthenticateWebAuthnView):
    form_class = forms.ProvePasskeyForm
    template_name = "accounts/security/prove_passkey.html"


class ChangePassword(account.PasswordChangeView):
    form_class = forms.ChangePasswordForm
    template_name = "accounts/security/change_password.html"

    def get_default_success_url(self) -> str:
        return reverse("accounts:me")


class SetPassword(account.PasswordSetView):
    form_class = forms.SetPasswordForm
    template_name = "accounts/security/change_password.html"

    def get_default_success_url(self) -> str:
        return reverse("accounts:me")
