"""The composer: a lesson is begun, written, sent, or deleted before anybody has it."""

import uuid
from itertools import chain
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pocketlessons.lessons.access import lesson_for_author
from pocketlessons.lessons.actions.delivering import deliver_lesson, suggested_title
from pocketlessons.lessons.actions.drafting import delete_draft, save_draft, start_draft
from pocketlessons.lessons.actions.refusals import LessonRefusedError
from pocketlessons.lessons.forms import DeliveryForm, DraftForm, LessonForm
from pocketlessons.lessons.models import Lesson
from pocketlessons.lessons.views.answers import SeeOther, errors_as_json, wants_json
from pocketlessons.media.addresses import poster_url
from pocketlessons.media.sentences import sentence_for
from pocketlessons.people.access import connection_for_curator
from pocketlessons.people.models import User
from pocketlessons.people.views.answers import now, signed_in


@require_POST
@login_required
def lessons(request: HttpRequest) -> HttpResponse:
    """Begin a lesson, for the learner whose face was tapped or for nobody yet."""
    author = signed_in(request)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    connection_id = form.cleaned_data["for"]
    meant_for = connection_for_curator(author, connection_id) if connection_id else None
    kind = form.cleaned_data["kind"] or Lesson.Kind.LESSON
    draft = start_draft(by=author, kind=kind, meant_for=meant_for, now=now())
    return SeeOther("lessons:lesson", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lesson(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """The composer of one's own lesson; POST keeps what is written."""
    author = signed_in(request)
    found = lesson_for_author(author, lesson_id)
    if request.method != "POST":
        return _composer(request, found, LessonForm(by=author, lesson=found))
    form = LessonForm(request.POST, by=author, lesson=found)
    if _keep(form, found, author):
        return HttpResponse(status=204) if wants_json(request) else SeeOther("lessons:lesson", found.pk)
    return errors_as_json(form) if wants_json(request) else _composer(request, found, form)


@require_POST
@login_required
def lesson_deliveries(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Send: keep the words that came along, then give the lesson to the one learner."""
    author = signed_in(request)
    found = lesson_for_author(author, lesson_id)
    form = LessonForm(request.POST if "title" in request.POST else None, by=author, lesson=found)
    if form.is_bound and not _keep(form, found, author):
        return _composer(request, found, form)
    letter = DeliveryForm(request.POST, by=author)
    if not letter.is_valid():
        return _not_sent(request, found, " ".join(map(str, chain(*letter.errors.values()))))
    try:
        delivery = deliver_lesson(found, **letter.cleaned_data, by=author, now=now())
    except LessonRefusedError as error:
        return _not_sent(request, found, error.sentence)
    return SeeOther("lessons:delivery", delivery.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def lesson_removal(request: HttpRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Ask, then delete a lesson that nobody has."""
    author = signed_in(request)
    found = lesson_for_author(author, lesson_id)
    refusal = ""
    if request.method == "POST":
        try:
            delete_draft(found, by=author, now=now())
        except LessonRefusedError as error:
            refusal = error.sentence
        else:
            messages.success(request, _("Deleted."))
            return SeeOther("lessons:library")
    context = {"lesson": found, "refusal": refusal}
    return render(request, "lessons/lessons/removal.html", context, status=422 if refusal else 200)


def _keep(form: LessonForm, lesson: Lesson, author: User) -> bool:
    """Save valid words; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        save_draft(lesson, form.words(), by=author, now=now())
    except LessonRefusedError as error:
        form.add_error("recording", error.sentence)
        return False
    return True


def _not_sent(request: HttpRequest, lesson: Lesson, sentence: str) -> HttpResponse:
    """Back to the composer; reloading an answer to a POST would put the words of that moment back."""
    messages.error(request, sentence)
    return SeeOther("lessons:lesson", lesson.pk)


def _composer(request: HttpRequest, lesson: Lesson, form: LessonForm) -> HttpResponse:
    form.fields["title"].widget.attrs["placeholder"] = suggested_title(lesson.kind, now())
    context = _on_the_page(lesson) | {"form": form}
    return render(request, "lessons/lessons/detail.html", context, status=422 if form.errors else 200)


def _on_the_page(lesson: Lesson) -> dict[str, Any]:
    """Who has the lesson, whom it is for, and how its recording is doing."""
    standing = lesson.deliveries.standing().select_related("connection__learner").order_by("-sent_at")
    deliveries = list(standing)
    having = {delivery.connection_id for delivery in deliveries}
    chosen = lesson.meant_for if lesson.is_meant_for_somebody and lesson.meant_for_id not in having else None
    recording = lesson.recording
    return {
        "lesson": lesson,
        "deliveries": deliveries,
        "chosen": chosen,
        "having": having,
        "poster": poster_url(recording) if recording else "",
        "sentence": sentence_for(recording) if recording else "",
    }
