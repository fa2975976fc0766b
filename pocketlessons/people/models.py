"""People and what joins them: users, connections, invitations, one-time sign-in links."""

from __future__ import annotations

import datetime
import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pocketlessons.lib.ids import uuid7


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, *, name: str = "", password: str | None = None, guides: bool = False
    ) -> User:
        """A person who can sign in by mailed code; the password is optional."""
        user = self.model(email=email.strip().lower(), name=name.strip(), guides=guides)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Whoever guides is a curator, whoever has a curator is a learner; one account can be both."""

    class Look(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    face = models.CharField(max_length=40, blank=True)  # a drawn face of ours; initials otherwise
    guides = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=16, default="en")
    look = models.CharField(max_length=8, choices=Look, default=Look.SYSTEM)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def shown_name(self) -> str:
        return self.name or self.email.partition("@")[0]

    @property
    def first_name(self) -> str:
        return self.shown_name.split()[0]


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def visible_to(self, user: User) -> ConnectionQuerySet:
        return self.filter(Q(curator=user) | Q(learner=user))

    def active(self) -> ConnectionQuerySet:
        return self.filter(status=Connection.Status.ACTIVE)

    def with_people(self) -> ConnectionQuerySet:
        return self.select_related("curator", "learner")


class Connection(models.Model):
    """The lasting relationship of one curator and one learner; the access rule for every page and byte."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    curator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="connections_as_curator")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="connections_as_learner")
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    started_at = models.DateTimeField()

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curator", "learner"], name="connection_is_one_per_pair"),
            models.CheckConstraint(
                condition=~Q(curator=F("learner")), name="connection_is_between_two_people"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime.datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A curator's offer to one person. The token goes out once, by mail or link; only its hash stays here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    curator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)  # empty: by link or QR code only
    name = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    connection = models.ForeignKey(Connection, null=True, blank=True, on_delete=models.SET_NULL)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SignInLink(models.Model):
    """A link that signs one person in, once, for a short while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)
