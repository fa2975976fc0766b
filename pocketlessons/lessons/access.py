"""Who finds which lesson and which delivery. Everybody else gets 404."""

import uuid

from django.shortcuts import get_object_or_404

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.people.models import User


def lesson_for_author(user: User, lesson_id: uuid.UUID) -> Lesson:
    """One's own lesson, to write and to give."""
    lessons = Lesson.objects.written_by(user).select_related("recording", "meant_for__learner")
    return get_object_or_404(lessons, pk=lesson_id)


def delivery_for_reading(user: User, delivery_id: uuid.UUID) -> Delivery:
    """A standing delivery of a connection of this person, whichever side."""
    return get_object_or_404(Delivery.objects.visible_to(user).with_all(), pk=delivery_id)


def delivery_for_curator(user: User, delivery_id: uuid.UUID) -> Delivery:
    """A standing delivery that this curator sent."""
    deliveries = Delivery.objects.visible_to(user).from_curator(user).with_all()
    return get_object_or_404(deliveries, pk=delivery_id)
