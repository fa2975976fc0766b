"""The Lesson page: what a learner was given, and how its sender takes it back."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pocketlessons.lessons.access import delivery_for_curator, delivery_for_reading
from pocketlessons.lessons.actions.delivering import mark_opened, unsend_delivery
from pocketlessons.lessons.actions.refusals import LessonRefusedError
from pocketlessons.lessons.guidance import render_guidance
from pocketlessons.lessons.models import Delivery
from pocketlessons.lessons.views.answers import SeeOther
from pocketlessons.media.addresses import playing_url, poster_url
from pocketlessons.media.models import Recording
from pocketlessons.media.sentences import sentence_for
from pocketlessons.people.models import User
from pocketlessons.people.views.answers import now, signed_in

UNDO_MS = 60_000


@require_safe
@login_required
def delivery(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """The learner's page; its sender sees the same, and a strip that says so."""
    reader = signed_in(request)
    try:
        found = delivery_for_reading(reader, delivery_id)
    except Http404:  # unsent, somebody else's, or never there: one answer for all
        return render(request, "lessons/deliveries/gone.html", status=404)
    is_learner = reader.pk == found.connection.learner_id
    if is_learner:
        mark_opened(found, by=reader, now=now())
    context = {
        "delivery": found,
        "lesson": found.lesson,
        "curator": found.connection.curator,
        "learner": found.connection.learner,
        "is_learner": is_learner,
        "guidance": render_guidance(found.lesson.guidance),
        **_recording_on_the_page(found, reader),
        **({} if is_learner else {"undo_ms": undo_ms(found, now()), "can_unsend": found.can_be_unsent}),
    }
    return render(request, "lessons/deliveries/detail.html", context)


@require_POST
@login_required
def delivery_withdrawal(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Take it back, until it is first played; the lesson is a draft again."""
    sender = signed_in(request)
    found = delivery_for_curator(sender, delivery_id)
    name = found.connection.learner.first_name
    try:
        unsend_delivery(found, by=sender, now=now())
    except LessonRefusedError as error:
        messages.error(request, error.sentence)
        return SeeOther("lessons:delivery", found.pk)
    messages.success(request, _("Taken back. %(name)s doesn't have it any more.") % {"name": name})
    return SeeOther("lessons:lesson", found.lesson_id)


def undo_ms(delivery: Delivery, moment: datetime.datetime) -> int:
    """How much is left of the first minute after sending."""
    passed = (moment - delivery.sent_at) // datetime.timedelta(milliseconds=1)
    return max(0, UNDO_MS - passed) if delivery.can_be_unsent else 0


def _recording_on_the_page(delivery: Delivery, reader: User) -> dict[str, Any]:
    recording = delivery.lesson.recording
    if recording is None:
        return {"recording": None}
    place = delivery.progress.filter(user=reader).first()  # the app above keeps it
    return {
        "recording": recording,
        "src": playing_url(recording),
        "poster": poster_url(recording),
        "sentence": sentence_for(recording),
        "is_tall": recording.height > recording.width,
        "position_ms": place.position_ms if place else 0,
        "can_download": recording.plays or recording.status == Recording.Status.KEPT,
    }
