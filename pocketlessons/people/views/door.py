"""The door: allauth's views, except that asking again begins again."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, RequestLoginCodeView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse


class _BeginsAgain:
    """A code that is still awaited does not stand in the way of another request, or of a password."""

    request: HttpRequest

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        if request.method != "POST":
            response: HttpResponse | None = super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]
            return response
        clear_login(request)
        return None


class CodeRequest(_BeginsAgain, RequestLoginCodeView):
    """One address; six digits go there."""


class PasswordDoor(_BeginsAgain, LoginView):
    """The door itself, and the password form on it."""


class PasskeyAddition(AddWebAuthnView):
    """A passkey is no second step here, so nobody needs codes to recover it: back to Settings."""

    def get_success_url(self) -> str:
        return reverse("people:settings")


def door(request: HttpRequest) -> HttpResponseBase:
    """See PasswordDoor."""
    response: HttpResponseBase = PasswordDoor.as_view()(request)
    return response


def door_code(request: HttpRequest) -> HttpResponseBase:
    """See CodeRequest."""
    response: HttpResponseBase = CodeRequest.as_view()(request)
    return response


def passkey_addition(request: HttpRequest) -> HttpResponseBase:
    """See PasskeyAddition."""
    response: HttpResponseBase = PasskeyAddition.as_view()(request)
    return response


def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Whoever reads mail at their address needs no password, nor a link that sets one."""
    return redirect("account_request_login_code")
