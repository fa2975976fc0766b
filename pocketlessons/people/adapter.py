"""How our door differs from allauth's own."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from pocketlessons.people.letters import letter
from pocketlessons.people.models import User

JUST_NOW_SECONDS = 300


class DoorAdapter(DefaultAccountAdapter):
    """Sign-up by invitation only, unless the operator opens it; our own letters and sentences."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("These aren't the digits we sent last. Look at the newest mail."),
        "too_many_login_attempts": _("That was a few tries too many. Wait five minutes, then try again."),
        "rate_limited": _("That was a few tries too many. Wait a minute, then try again."),
        "email_password_mismatch": _("This address and this password don't belong together."),
        "account_inactive": _("This account is closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGN_UP_OPEN)

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Every account has its address on file, confirmed if this person has just typed a code sent there."""
        proven = any(
            record.get("method") == "code" and record.get("email", "").lower() == user.email
            for record in get_authentication_records(request, user)
        )
        keep_address(user, confirmed=proven)
        response: HttpResponse | None = super().pre_login(request, user, **login)
        return response

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever has come in just now, by whichever way, has shown enough who they are."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < JUST_NOW_SECONDS:
            return False
        return bool(super().is_reauthentication_required(app=app))

    def generate_login_code(self) -> str:
        return _six_digits()

    def generate_email_verification_code(self) -> str:
        return _six_digits()

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],  # the name that allauth calls it by
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        to = email if isinstance(email, str) else email[0]
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        mail = letter(to=to, subject=subject, text=text, code=str(context.get("code") or ""))
        mail.extra_headers.update(headers or {})
        return mail

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondStepAdapter(DefaultMFAAdapter):
    """A passkey is a way to sign in; only an authenticator app makes a second step after the mailed code."""

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        kinds = Authenticator.Type
        if types is not None and set(types) == {kinds.TOTP, kinds.WEBAUTHN}:
            types = [kinds.TOTP]
        return bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return str(_("My device"))


def display_name(user: User) -> str:
    """The name in allauth's own sentences."""
    return user.shown_name


def _six_digits() -> str:
    return get_random_string(6, "0123456789")


def keep_address(user: User, *, confirmed: bool) -> None:
    """Put the account's address on allauth's file; confirmed once means confirmed for good."""
    address, _made = EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": confirmed}
    )
    if confirmed and not address.verified:
        EmailAddress.objects.filter(pk=address.pk).update(verified=True)
