"""What is in somebody's pocket: what to do now, what is new, and everything."""

import datetime
import uuid
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pocketlessons.lessons.models import Delivery, DeliveryQuerySet
from pocketlessons.lib.http.addresses import address_of
from pocketlessons.lib.paging import Page, after, page_of
from pocketlessons.people.models import User
from pocketlessons.practice.models import Progress, with_place_of

STILL_WARM = datetime.timedelta(days=14)
NEW_SHOWN = 3
PAGE = 10
NOON, EVENING, NIGHT_ENDS = 12, 18, 5


class Given(NamedTuple):
    """One row of the pocket: a delivery with what its lesson and recording show, and how far its reader is."""

    pk: uuid.UUID
    moment: datetime.datetime
    title: str
    kind: str
    curator_name: str
    curator_email: str
    recording_id: uuid.UUID | None
    recording_kind: str | None
    recording_status: str | None
    has_poster: bool | None
    duration_ms: int | None
    width: int | None
    height: int | None
    place_ms: int | None

    @property
    def href(self) -> str:
        return address_of("lessons:delivery", self.pk)

    @property
    def poster(self) -> str:
        if not self.recording_id or not self.has_poster:
            return ""
        return address_of("media:recording-poster", self.recording_id)

    @property
    def curator(self) -> str:
        """What the learner calls them."""
        return (self.curator_name or self.curator_email.partition("@")[0]).split()[0]

    @property
    def is_tall(self) -> bool:
        return (self.height or 0) > (self.width or 0)

    @property
    def plays(self) -> bool:
        return self.recording_status in {"playable", "settled"}


class Pocket(NamedTuple):
    """The first screen of a learner. `now` is what the one card shows."""

    now: Given | None
    new: list[Given]
    everything: Page[Given]


def pocket_of(person: User, *, now: datetime.datetime, before: str = "") -> Pocket:
    """The card is what they are in the middle of, else the newest they have not begun; new leaves the card out."""
    mine = with_place_of(Delivery.objects.for_learner(person), person)
    rows = _read(mine, after(before, moment="sent_at"), PAGE + 1)
    everything = page_of(rows, PAGE)
    if before:
        return Pocket(None, [], everything)
    unseen = [row for row in rows if row.place_ms is None]
    if everything.next_key and len(unseen) <= NEW_SHOWN:  # there may be more further down
        unseen = _read(mine, Q(mine__isnull=True), NEW_SHOWN + 1)
    card = _in_the_middle_of(person, mine, rows, now) or next(iter(unseen), None)
    new = [row for row in unseen if not card or row.pk != card.pk][:NEW_SHOWN]
    return Pocket(card, new, everything)


def greeting(person: User, now: datetime.datetime) -> str:
    """Good morning, afternoon or evening, where that person is."""
    hour = timezone.localtime(now).hour
    if NIGHT_ENDS <= hour < NOON:
        words = _("Good morning, %(name)s")
    elif NOON <= hour < EVENING:
        words = _("Good afternoon, %(name)s")
    else:
        words = _("Good evening, %(name)s")
    return words % {"name": person.first_name}


def _in_the_middle_of(
    person: User, mine: DeliveryQuerySet, rows: list[Given], now: datetime.datetime
) -> Given | None:
    """What they touched last and have not finished; read again only where `rows` do not hold it."""
    latest = Progress.objects.begun_by(person, since=now - STILL_WARM).first()
    if latest is None:
        return None
    known = [row for row in rows if row.pk == latest]
    return next(iter(known or _read(mine, Q(pk=latest), 1)), None)


def _read(mine: DeliveryQuerySet, which: Q, count: int) -> list[Given]:
    """Plain columns in the order of Given: a page of models would cost several times as much."""
    columns = ["pk", "sent_at", "lesson__title", "lesson__kind"]
    columns += [f"connection__curator__{name}" for name in ("name", "email")]
    recording = ["id", "kind", "status", "has_poster", "duration_ms", "width", "height"]
    columns += [*(f"lesson__recording__{name}" for name in recording), "mine__position_ms"]
    found = mine.filter(which).order_by("-sent_at", "-pk")[:count]
    return [Given(*row) for row in found.values_list(*columns)]
