"""The library: a curator's own lessons, who has them, and what is not sent yet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.lessons.models import Lesson
from pocketlessons.lib.paging import newest_first
from pocketlessons.people.views.answers import signed_in

PAGE = 18
DRAFTS = 6
FACES = 3


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    """Search by title, drafts, then everything sent, newest change first."""
    author = signed_in(request)
    search = " ".join(request.GET.get("q", "").split())[:120]
    before = request.GET.get("before", "")
    own = Lesson.objects.written_by(author)
    sent = own.sent().filter(title__icontains=search).select_related("recording").with_receivers(FACES)
    context = {
        "search": search,
        "before": before,
        "page": newest_first(sent, moment="updated_at", before=before, size=PAGE),
        "drafts": [] if search or before else list(own.drafts()[:DRAFTS]),
    }
    name = "_tiles.html" if getattr(request, "htmx", False) and before else "library.html"
    return render(request, f"lessons/lessons/{name}", context)
