"""The curator's home."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.lessons.shelves import drafts_of
from pocketlessons.pages.desk import sent_lately
from pocketlessons.people.views.answers import now, signed_in

DRAFTS = 4
SENT = 6


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """For whom to make something, what is not sent yet, and what went out lately."""
    person = signed_in(request)
    context = {
        "today": now(),
        "drafts": drafts_of(person, DRAFTS),
        "sent": sent_lately(person, SENT),
    }
    return render(request, "pages/desk/detail.html", context)
