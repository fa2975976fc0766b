"""One-time sign-in links: asked on GET, done on POST."""

from allauth.account import app_settings as account
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pocketlessons.people.access import open_sign_in_link
from pocketlessons.people.actions.signing_in import SignInLinkGoneError, use_sign_in_link
from pocketlessons.people.models import User
from pocketlessons.people.throttles import is_allowed
from pocketlessons.people.views.answers import now, too_many


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whose link this is; nobody is signed in before they say so."""
    if request.method == "POST" and not is_allowed(request, "sign-in-link"):
        return too_many(request)
    try:
        link = open_sign_in_link(token, now=now())
        if request.method == "POST":
            return come_in(request, use_sign_in_link(link, now=now()), redirect_url=reverse("pages:front"))
    except (Http404, SignInLinkGoneError):
        return render(request, "people/sign_in_links/gone.html", status=404)
    someone_else = request.user if request.user.is_authenticated and request.user != link.user else None
    return render(request, "people/sign_in_links/detail.html", {"person": link.user, "other": someone_else})


def come_in(request: HttpRequest, person: User, *, redirect_url: str) -> HttpResponse:
    """Sign this person in, in place of whoever was; a second step, if they set one up, still comes first."""
    if request.user.is_authenticated and request.user != person:
        logout(request)
    login = Login(
        user=person,
        email=person.email,
        redirect_url=redirect_url,
        email_verification=account.EmailVerificationMethod.NONE,
    )
    response: HttpResponse = perform_login(request, login)
    return response
