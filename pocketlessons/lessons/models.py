"""What is taught, and to whom it is given."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pocketlessons.lib.ids import uuid7
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User


class LessonQuerySet(models.QuerySet["Lesson"]):
    def written_by(self, user: User) -> LessonQuerySet:
        return self.filter(author=user)

    def unsent(self) -> LessonQuerySet:
        return self.filter(is_out=False)

    def sent(self) -> LessonQuerySet:
        return self.filter(is_out=True)

    def blank(self) -> LessonQuerySet:
        """Begun and left with nothing in them."""
        return self.filter(**BLANK)

    def drafts(self) -> LessonQuerySet:
        """What somebody began to write and has not sent."""
        return self.unsent().exclude(**BLANK)


BLANK: dict[str, object] = {"title": "", "guidance": "", "note": "", "takeaways": [], "recording": None}


class Lesson(models.Model):
    """A Pocket Lesson or a Pocket Session: a title, up to three takeaways, guidance and one recording."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("Pocket Lesson")
        SESSION = "session", _("Pocket Session")

    MAX_TAKEAWAYS: ClassVar[int] = 3

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.LESSON)
    title = models.CharField(max_length=120, blank=True)
    takeaways = models.JSONField(default=list, blank=True)  # up to MAX_TAKEAWAYS sentences
    guidance = models.TextField(blank=True)  # Markdown
    note = models.CharField(max_length=500, blank=True)  # the draft of what goes with the next delivery
    recording = models.ForeignKey(
        Recording, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons"
    )
    meant_for = models.ForeignKey(
        Connection, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the learner whose face was tapped
    is_out = models.BooleanField(default=False)  # stands delivered to somebody; kept by actions.delivering
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = LessonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["author", "is_out", "-updated_at"], name="lesson_by_author"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_meant_for_somebody(self) -> bool:
        """The face that was tapped is still there to be sent to."""
        return self.meant_for is not None and self.meant_for.status == Connection.Status.ACTIVE


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def standing(self) -> DeliveryQuerySet:
        return self.filter(unsent_at=None)

    def visible_to(self, user: User) -> DeliveryQuerySet:
        """What this person may open: both sides of the connection, while it lasts."""
        mine = Q(connection__curator=user) | Q(connection__learner=user)
        return self.standing().filter(mine).exclude(connection__status=Connection.Status.ENDED)

    def for_learner(self, user: User) -> DeliveryQuerySet:
        return (
            self.standing()
            .filter(connection__learner=user)
            .exclude(connection__status=Connection.Status.ENDED)
        )

    def from_curator(self, user: User) -> DeliveryQuerySet:
        """What this person sent and still has out."""
        return self.standing().filter(sender=user).exclude(connection__status=Connection.Status.ENDED)

    def with_all(self) -> DeliveryQuerySet:
        return self.select_related(
            "lesson", "lesson__recording", "connection", "connection__curator", "connection__learner"
        )


class Delivery(models.Model):
    """A lesson given to a connection, with a note. It can be unsent until it is first played."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="deliveries")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="deliveries")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    note = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    unsent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    played_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "connection"],
                condition=Q(unsent_at=None),
                name="delivery_stands_once_per_connection",
            ),
            models.CheckConstraint(
                condition=Q(unsent_at=None) | Q(played_at=None), name="delivery_unsent_was_never_played"
            ),
        ]
        indexes = [
            models.Index(
                fields=["connection", "-sent_at"], condition=Q(unsent_at=None), name="delivery_by_connection"
            ),
            models.Index(
                fields=["sender", "-sent_at"], condition=Q(unsent_at=None), name="delivery_by_sender"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def can_be_unsent(self) -> bool:
        return self.played_at is None and self.unsent_at is None
