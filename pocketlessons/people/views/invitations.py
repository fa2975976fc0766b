"""The curator's side of invitations: make, show once, withdraw."""

import io
import uuid

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pocketlessons.people.access import curator_or_404, invitation_for_curator
from pocketlessons.people.actions.inviting import (
    FreshInvitation,
    InvitationError,
    invite,
    withdraw_invitation,
)
from pocketlessons.people.forms import InvitationForm
from pocketlessons.people.letters import invitation_letter
from pocketlessons.people.models import Invitation
from pocketlessons.people.throttles import is_allowed
from pocketlessons.people.views.answers import now, too_many

FRESH = "fresh_invitation"
"""Session key of the last invitation's token: shown to its maker until they make another or sign out."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite somebody, and see whom you have invited."""
    curator = curator_or_404(request.user)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and not is_allowed(request, "invitation"):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = invite(**form.cleaned_data, by=curator, now=now())
        except InvitationError as error:
            form.add_error("email", error.sentence)
        else:
            _send(request, fresh)
            request.session[FRESH] = {"id": str(fresh.invitation.pk), "token": fresh.token}
            return redirect("people:invitations", permanent=False)
    waiting = list(Invitation.objects.open(now()).filter(curator=curator).order_by("-created_at"))
    fresh_one = next((one for one in waiting if _fresh_token(request, one.pk)), None)
    context = {
        "form": form,
        "waiting": waiting,
        "fresh": fresh_one,
        "link": _link(_fresh_token(request, fresh_one.pk)) if fresh_one else "",
    }
    return render(request, "people/invitations/list.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def invitation_code(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """The QR code of an invitation that was just made."""
    invitation = invitation_for_curator(curator_or_404(request.user), invitation_id, now=now())
    token = _fresh_token(request, invitation.pk)
    if not token:
        raise Http404
    picture = io.BytesIO()
    segno.make(_link(token), error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/png")


@require_POST
@login_required
def invitation_withdrawal(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = invitation_for_curator(curator_or_404(request.user), invitation_id, now=now())
    if withdraw_invitation(invitation, now=now()):
        messages.success(request, _("Withdrawn. The link no longer works."))
    return redirect("people:invitations")


def _send(request: HttpRequest, fresh: FreshInvitation) -> None:
    invitation = fresh.invitation
    if not invitation.email:
        return
    try:
        invitation_letter(invitation, link=_link(fresh.mailed_token)).send()
    except OSError:  # the mail server; the link on the page still works
        messages.error(request, _("The mail didn't go out. Give the link below to the person yourself."))
    else:
        messages.success(request, _("Invitation sent to %(address)s.") % {"address": invitation.email})


def _fresh_token(request: HttpRequest, invitation_id: uuid.UUID) -> str:
    kept = request.session.get(FRESH) or {}
    return str(kept["token"]) if kept.get("id") == str(invitation_id) else ""


def _link(token: str) -> str:
    return settings.BASE_URL + reverse("people:invitation", args=[token])
