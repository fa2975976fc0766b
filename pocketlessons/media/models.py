"""Recordings, the uploads that bring them, and the grants that say who may fetch their bytes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pocketlessons.lib.ids import uuid7
from pocketlessons.people.models import Connection, User


class RecordingQuerySet(models.QuerySet["Recording"]):
    def playable_by(self, user: User) -> RecordingQuerySet:
        """The one rule for bytes: one's own, or granted to a connection in which one stands."""
        granted = Grant.objects.standing().reaching(user).filter(recording=models.OuterRef("pk"))
        return self.exclude(status=Recording.Status.ERASED).filter(Q(owner=user) | Q(models.Exists(granted)))

    def owned_by(self, user: User) -> RecordingQuerySet:
        return self.exclude(status=Recording.Status.ERASED).filter(owner=user)


class Recording(models.Model):
    """One piece of captured or uploaded media. Its bytes lie encrypted in the vault under `wrapped_key`."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("video")
        AUDIO = "audio", _("audio")

    class Status(models.TextChoices):
        RECEIVING = "receiving", _("arriving")
        PLAYABLE = "playable", _("playable")  # plays; poster still to come
        SETTLED = "settled", _("settled")  # plays, and the background has nothing left to do
        KEPT = "kept", _("kept")  # media that no browser plays as it is: downloadable only
        FAILED = "failed", _("failed")  # see failure_reason
        ERASED = "erased", _("erased")

    class Playback(models.TextChoices):
        VIRTUAL = "virtual", _("virtual file")
        AS_IS = "as-is", _("as it is")
        NONE = "", _("not playable")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recordings")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.VIDEO)
    status = models.CharField(max_length=9, choices=Status, default=Status.RECEIVING)
    failure_reason = models.CharField(max_length=32, blank=True)  # a mediakit Reason
    kept_because = models.CharField(
        max_length=32, blank=True
    )  # the codec or container that stands in the way
    original_name = models.CharField(max_length=255, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    wrapped_key = models.BinaryField(null=True, blank=True)
    container = models.CharField(max_length=16, blank=True)
    playback = models.CharField(max_length=7, choices=Playback, default=Playback.NONE, blank=True)
    media_type = models.CharField(max_length=64, blank=True)  # of what plays: video/mp4 …
    codecs = models.CharField(max_length=128, blank=True)  # RFC 6381
    duration_ms = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)  # as displayed
    height = models.PositiveIntegerField(default=0)
    has_poster = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)  # last byte durable
    playable_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failure_reason=""), name="recording_failed_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status="erased") | Q(wrapped_key=None), name="recording_erased_has_no_key"
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="recording_by_owner")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def plays(self) -> bool:
        return self.status in {self.Status.PLAYABLE, self.Status.SETTLED}


class Upload(models.Model):
    """A recording on its way in (tus 1.0.0). `offset_bytes` is durable; `epoch` fences off older writers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.OneToOneField(Recording, on_delete=models.CASCADE, related_name="upload")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    length_bytes = models.BigIntegerField(null=True, blank=True)  # null: deferred
    offset_bytes = models.BigIntegerField(default=0)
    epoch = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(length_bytes=None) | Q(offset_bytes__lte=F("length_bytes")),
                name="upload_offset_is_within_its_length",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class GrantQuerySet(models.QuerySet["Grant"]):
    def standing(self) -> GrantQuerySet:
        return self.filter(revoked_at=None)

    def reaching(self, user: User) -> GrantQuerySet:
        """Grants to connections of this person that have not ended."""
        mine = Q(connection__curator=user) | Q(connection__learner=user)
        return self.filter(mine).exclude(connection__status=Connection.Status.ENDED)


class Grant(models.Model):
    """A recording opened to one connection. Nothing else decides who may fetch a byte."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="grants")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="grants")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "connection"],
                condition=Q(revoked_at=None),
                name="grant_stands_once_per_connection",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
