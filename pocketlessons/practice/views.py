"""Where a player tells how far somebody is."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pocketlessons.lessons.access import delivery_for_reading
from pocketlessons.people.views.answers import signed_in
from pocketlessons.practice.actions import record_progress
from pocketlessons.practice.forms import ProgressForm


@require_POST
@login_required
def delivery_progress(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """204 once it is kept, 422 for what no player says."""
    person = signed_in(request)
    delivery = delivery_for_reading(person, delivery_id)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    told = form.cleaned_data
    record_progress(
        delivery,
        by=person,
        event=told["event"],
        position_ms=told["position_ms"],
        duration_ms=told["duration_ms"] or 0,
        now=timezone.now(),
    )
    return HttpResponse(status=204)
