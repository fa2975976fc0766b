"""The learner's home."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.pages.pocket import greeting, pocket_of
from pocketlessons.people.views.answers import now, signed_in


@require_safe
@login_required
def pocket(request: HttpRequest) -> HttpResponse:
    """What to do now; with `before`, what was given earlier."""
    person = signed_in(request)
    before = request.GET.get("before", "")
    context = {
        "pocket": pocket_of(person, now=now(), before=before),
        "greeting": greeting(person, now()),
        "before": before,
    }
    is_part = bool(getattr(request, "htmx", False) and before)
    return render(request, f"pages/pocket/{'_rows' if is_part else 'detail'}.html", context)
