"""The curator's home."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.people.views.answers import now, signed_in

DRAFTS = 4
SENT = 6


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """For whom to make something, what is not sent yet, and what went out lately."""
    person = signed_in(request)
    sent = Delivery.objects.from_curator(person).with_all().order_by("-sent_at", "-pk")
    context = {
        "today": now(),
        "drafts": list(Lesson.objects.written_by(person).drafts()[:DRAFTS]),
        "sent": list(sent[:SENT]),
    }
    return render(request, "pages/desk/detail.html", context)
