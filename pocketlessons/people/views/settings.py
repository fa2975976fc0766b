"""Settings: what a person decides about themself, and how they sign in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pocketlessons.people.forms import LookForm, PersonForm
from pocketlessons.people.models import User
from pocketlessons.people.views.answers import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_page(request: HttpRequest) -> HttpResponse:
    """Name, picture, time zone, language; the ways to sign in."""
    person = signed_in(request)
    form = PersonForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        User.objects.filter(pk=person.pk).update(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:settings")
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "form": form,
        "looks": User.Look.choices,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": {Authenticator.Type.RECOVERY_CODES, Authenticator.Type.TOTP} <= set(kinds),
        "has_password": person.has_usable_password(),
    }
    return render(request, "people/settings/detail.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def settings_look(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    User.objects.filter(pk=signed_in(request).pk).update(look=form.cleaned_data["theme"])
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect("people:settings")
