"""What went out lately, as the Desk shows it."""

import datetime
import uuid
from typing import NamedTuple

from pocketlessons.lessons.models import Delivery
from pocketlessons.lib.http.addresses import address_of
from pocketlessons.people.models import User


class Sent(NamedTuple):
    """One delivery: to whom, and whether it can still be taken back. Openings are nobody's business here."""

    pk: uuid.UUID
    sent_at: datetime.datetime
    played_at: datetime.datetime | None
    title: str
    name: str
    email: str
    face: str

    @property
    def href(self) -> str:
        return address_of("lessons:delivery", self.pk)

    @property
    def withdrawal(self) -> str:
        return address_of("lessons:delivery-withdrawal", self.pk)

    @property
    def learner(self) -> str:
        return self.name or self.email.partition("@")[0]

    @property
    def first_name(self) -> str:
        return self.learner.split()[0]


def sent_lately(person: User, count: int) -> list[Sent]:
    """The latest first, in plain columns."""
    columns = ["pk", "sent_at", "played_at", "lesson__title"]
    columns += [f"connection__learner__{name}" for name in ("name", "email", "face")]
    sent = Delivery.objects.from_curator(person).order_by("-sent_at", "-pk")[:count]
    return [Sent(*row) for row in sent.values_list(*columns)]
