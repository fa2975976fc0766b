"""Who did what to what, and when: append-only, without titles or text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pocketlessons.lib.ids import uuid7


class Event(models.Model):
    """One row of the trail. Objects are named by type and id, so that a row outlives what it tells of."""

    class Verb(models.TextChoices):
        VIEWED = "viewed", _("viewed")
        PLAYED = "played", _("played")
        DOWNLOADED = "downloaded", _("downloaded")
        DELIVERED = "delivered", _("delivered")
        UNSENT = "unsent", _("unsent")
        CONNECTED = "connected", _("connected")
        ERASED = "erased", _("erased")
        SIGNED_IN = "signed-in", _("signed in")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=16, choices=Verb)
    object_type = models.CharField(max_length=32)
    object_id = models.UUIDField()
    connection_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="event_by_object"),
            models.Index(fields=["connection_id", "at"], name="event_by_connection"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
