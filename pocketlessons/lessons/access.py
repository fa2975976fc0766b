"""Who finds which lesson and which delivery. Everybody else gets 404."""

import uuid

from django.shortcuts import get_object_or_404

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.people.models import User


def lesson_for_author(user: User, lesson_id: uuid.UUID) -> Lesson:
    """One's own, for writing and sending."""
    lessons = Lesson.objects.written_by(user)
    lessons = lessons.select_related("recording", "meant_for__learner")
    return get_object_or_404(lessons, pk=lesson_id)


def delivery_for_reading(user: User, delivery_id: uuid.UUID) -> Delivery:
    """For both sides of the connection while it lasts, until it is unsent."""
    return get_object_or_404(Delivery.objects.visible_to(user).with_all(), pk=delivery_id)


def delivery_for_curator(user: User, delivery_id: uuid.UUID) -> Delivery:
    """For whoever sent it, to take it back."""
    return get_object_or_404(Delivery.objects.from_curator(user).with_all(), pk=delivery_id)
