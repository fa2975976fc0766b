"""The library: a curator's own lessons, who has them, and what is not sent yet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.lessons.shelves import drafts_of, library_of
from pocketlessons.lib.plain_text import one_line
from pocketlessons.people.views.answers import signed_in

PAGE = 12
DRAFTS = 6


@require_safe
@login_required
def library(request: HttpRequest) -> HttpResponse:
    """Search by title, drafts, then everything sent, newest change first."""
    author = signed_in(request)
    search = one_line(request.GET.get("q", ""))[:120]
    before = request.GET.get("before", "")
    context = {
        "search": search,
        "before": before,
        "page": library_of(author, search=search, before=before, size=PAGE),
        "drafts": [] if search or before else drafts_of(author, DRAFTS),
    }
    name = "_tiles.html" if getattr(request, "htmx", False) and before else "library.html"
    return render(request, f"lessons/lessons/{name}", context)
