"""What is in somebody's pocket: what to do now, what is new, and everything."""

import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from pocketlessons.lessons.models import Delivery
from pocketlessons.lib.paging import Page, newest_first
from pocketlessons.people.models import User
from pocketlessons.practice.models import Progress, not_begun_by, with_place_of

STILL_WARM = datetime.timedelta(days=14)
NEW_SHOWN = 3
PAGE = 12
NOON, EVENING, NIGHT_ENDS = 12, 18, 5


class Pocket(NamedTuple):
    """The first screen of a learner. `now` is what the one card shows."""

    now: Delivery | None
    new: list[Delivery]
    everything: Page[Delivery]


def pocket_of(person: User, *, now: datetime.datetime, before: str = "") -> Pocket:
    """The card is what they are in the middle of, else the newest they have not begun; new leaves the card out."""
    mine = with_place_of(Delivery.objects.for_learner(person), person).with_all()
    everything = newest_first(mine, moment="sent_at", before=before, size=PAGE)
    if before:
        return Pocket(None, [], everything)
    unseen = list(not_begun_by(mine, person).order_by("-sent_at", "-pk")[: NEW_SHOWN + 1])
    card = _in_the_middle_of(person, now) or (unseen[0] if unseen else None)
    new = [delivery for delivery in unseen if delivery != card][:NEW_SHOWN]
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


def _in_the_middle_of(person: User, now: datetime.datetime) -> Delivery | None:
    mine = with_place_of(Delivery.objects.for_learner(person), person).with_all()
    begun = Progress.objects.unfinished(person, since=now - STILL_WARM).filter(delivery__unsent_at=None)
    latest = begun.values_list("delivery", flat=True).first()
    return mine.filter(pk=latest).first() if latest else None
