"""The doors: sign in, sign out, a forgotten password, a link by mail, and the demo's row of people."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.core.internal import ratelimit
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from leesbouw.ui.pages import safe_next

from ..actions import ask_sign_in_link, choose_language, use_sign_in_link
from ..adapter import TOO_OFTEN, sign_in, sign_in_at_once
from ..demo_signin import demo_assignment, demo_groups, demo_is_open
from ..forms import signing_in as forms
from ..middleware import SESSION_KEY
from ..queries import nobody_has_an_account, person, sign_in_link_by_token

HOME = "/vandaag/"
A_YEAR = 365 * 24 * 60 * 60  # seconds
LINK_RATES = {"ask": "20/h/ip,5/h/key"}


class Start(TemplateView):
    """The first page: the people of a demo, else the way in; who is in goes to her home."""

    template_name = "accounts/demo_start.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(HOME)
        if demo_is_open(request):
            return self.render_to_response(self.get_context_data(groups=demo_groups()))
        if nobody_has_an_account():
            return render(request, "accounts/not_set_up.html")
        return HttpResponseRedirect(reverse("account_login"))


class DemoSignIn(View):
    """Signs in as one of the people of a demo. Outside a demo this address does not exist."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, assignment_id: int) -> HttpResponse:
        row = demo_assignment(assignment_id) if demo_is_open(request) else None
        if row is None:
            raise Http404
        logout(request)
        sign_in_at_once(request, row.user, how="demo")
        request.session[SESSION_KEY] = row.pk
        return HttpResponseRedirect(HOME)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not demo_is_open(request):
            raise Http404
        return super().http_method_not_allowed(request, *args, **kwargs)


class TooOften:
    """After too many mistakes: a page that says how long to wait and what else works."""

    request: HttpRequest

    def form_invalid(self, form: Any) -> HttpResponse:
        codes = {mistake.code for mistakes in form.errors.as_data().values() for mistake in mistakes}
        if TOO_OFTEN in codes:
            return render(self.request, "accounts/too_often.html", status=429)
        return super().form_invalid(form)  # type: ignore[misc]


class SignIn(TooOften, account.LoginView):
    form_class = forms.SignInForm
    template_name = "accounts/sign_in.html"


class SignOut(account.LogoutView):
    template_name = "accounts/sign_out.html"


class SwitchedOff(account.AccountInactiveView):
    template_name = "accounts/switched_off.html"


class SecondStep(TooOften, mfa.AuthenticateView):
    form_class = forms.CodeForm
    webauthn_form_class = forms.PasskeyStepForm
    template_name = "accounts/second_step.html"


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """Data for the browser's passkey, and the answer; its page is that of signing in."""

    form_class = forms.PasskeySignInForm


class Forgotten(account.PasswordResetView):
    form_class = forms.ForgottenForm
    template_name = "accounts/forgotten.html"


class ForgottenSent(account.PasswordResetDoneView):
    template_name = "accounts/forgotten_sent.html"


@method_decorator(never_cache, name="dispatch")
class AfterForgetting(account.PasswordResetFromKeyView):
    form_class = forms.AfterForgettingForm
    template_name = "accounts/after_forgetting.html"


class AfterForgettingDone(account.PasswordResetFromKeyDoneView):
    template_name = "accounts/after_forgetting_done.html"


class AskLink(FormView):
    """Has a sign-in link sent. The answer is the same whether we know the address or not."""

    form_class = forms.AskLinkForm
    template_name = "accounts/link_ask.html"

    def form_valid(self, form: forms.AskLinkForm) -> HttpResponse:
        email = form.cleaned_data["email"].lower()
        allowed = ratelimit.consume(
            self.request, app="leesbouw.accounts", action="ask", config=LINK_RATES, key=email
        )
        if not allowed:
            return render(self.request, "accounts/too_often.html", status=429)
        ask_sign_in_link(email=email)
        return HttpResponseRedirect(reverse("accounts:sign-in-link-sent"))


class LinkSent(TemplateView):
    template_name = "accounts/link_sent.html"


@method_decorator(never_cache, name="dispatch")
class UseLink(TemplateView):
    """Opening the link shows a button; only pressing it signs in, so that a mail scanner cannot use it up."""

    template_name = "accounts/link_use.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = sign_in_link_by_token(kwargs["token"])
        if link is None:
            return dead_link(request)
        return self.render_to_response(self.get_context_data(person=link.user))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        user = use_sign_in_link(token=token)
        if user is None:
            return dead_link(request)
        logout(request)
        return sign_in(request, user, how="link")


def dead_link(request: HttpRequest) -> HttpResponse:
    """The page for a link that was used, withdrawn, has expired or never was; which of these it does not say."""
    return render(request, "accounts/dead_link.html", status=410)


class Language(View):
    """Keeps the language of pages in a cookie, and for who is signed in that of her letters too."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = HttpResponseRedirect(safe_next(request, "/"))
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=A_YEAR,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
            if request.user.is_authenticated:
                choose_language(
                    user=request.user, language=language, by=request.actor or person(request.user)
                )
        return answer
