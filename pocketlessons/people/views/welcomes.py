"""The invited person's side of an invitation: who invites, what they will and will not see, accept."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core.ratelimit import consume
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pocketlessons.people import tokens
from pocketlessons.people.access import open_invitation
from pocketlessons.people.actions.inviting import (
    InvitationError,
    accept_invitation,
    proves_address,
    refuse_if_not_for,
)
from pocketlessons.people.actions.signing_in import find_or_make_account
from pocketlessons.people.adapter import keep_address
from pocketlessons.people.forms import NameForm, NewcomerForm
from pocketlessons.people.models import Invitation, User
from pocketlessons.people.throttles import is_allowed
from pocketlessons.people.views.answers import now, too_many
from pocketlessons.people.views.sign_in_links import come_in

NAME = "invited_name"
"""Session key of the name that a newcomer typed, until their address is confirmed."""


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accepting connects at once whoever is signed in or holds the mailed link; others confirm an address."""
    bare, seal = tokens.split_seal(token)
    try:
        found = open_invitation(bare, now=now())
    except Http404:
        return render(request, "people/invitations/gone.html", status=404)
    if request.method == "POST" and not is_allowed(request, "acceptance"):
        return too_many(request)
    if request.user.is_authenticated:
        return _welcome_member(request, found, request.user)
    if proves_address(found, bare, seal):
        return _welcome_by_mail(request, found)
    return _welcome_newcomer(request, found, bare)


def _welcome_member(request: HttpRequest, found: Invitation, person: User) -> HttpResponse:
    try:
        refuse_if_not_for(found, person)
        form = NameForm(request.POST or None, initial={"name": request.session.get(NAME, "")})
        if request.method == "POST" and (person.name or form.is_valid()):
            name = "" if person.name else form.cleaned_data["name"]
            accept_invitation(found, by=person, now=now(), name=name)
            return _go_in(request, found)
    except InvitationError as error:
        return _refused(request, found, error)
    return _page(request, found, None if person.name else form)


def _welcome_by_mail(request: HttpRequest, found: Invitation) -> HttpResponse:
    known = User.objects.filter(email=found.email).exclude(name="").first()
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method != "POST" or not (known or form.is_valid()):
        return _page(request, found, None if known else form)
    person, _made = find_or_make_account(found.email)
    keep_address(person, confirmed=True)
    if is_mfa_enabled(
        person, [Authenticator.Type.TOTP]
    ):  # the mail alone is not enough for them: accept once they are in
        return come_in(request, person, redirect_url=request.get_full_path())
    name = "" if known else form.cleaned_data["name"]
    try:
        accept_invitation(found, by=person, now=now(), name=name)
    except InvitationError as error:  # nobody is signed in by a link that could be used again
        return _refused(request, found, error)
    _say_welcome(request, found)
    return come_in(request, person, redirect_url=reverse("pages:front"))


def _welcome_newcomer(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewcomerForm(request.POST or None, initial={"name": found.name, "email": found.email})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, form)
    email = form.cleaned_data["email"]
    if not consume(request, action="request_login_code", key=email):
        return too_many(request)
    person, _made = find_or_make_account(email)
    request.session[NAME] = form.cleaned_data["name"]
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=email
    )
    back = urlencode({"next": reverse("people:invitation", args=[token])})
    return redirect(f"{reverse('account_confirm_login_code')}?{back}")


def _page(request: HttpRequest, found: Invitation, form: Form | None) -> HttpResponse:
    context = {"invitation": found, "curator": found.curator, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/invitations/detail.html", context, status=status)


def _refused(request: HttpRequest, found: Invitation, error: InvitationError) -> HttpResponse:
    context = {"invitation": found, "sentence": error.sentence, "code": error.code}
    return render(request, "people/invitations/refused.html", context, status=409)


def _go_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    request.session.pop(NAME, None)
    _say_welcome(request, found)
    return redirect("pages:front")


def _say_welcome(request: HttpRequest, found: Invitation) -> None:
    messages.success(
        request,
        _("You and %(name)s are connected. What they send you will be here.")
        % {"name": found.curator.first_name},
    )
