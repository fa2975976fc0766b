"""Two files that begin in the same moment do not take the same room."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection as database

from pocketlessons.media.actions.uploading import QuotaReachedError, begin_upload
from pocketlessons.media.models import Upload
from pocketlessons.people.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite lets one transaction run at a time"),
]


@pytest.mark.parametrize("_time", range(5))
def test_the_last_room_is_given_once(
    at_once: Callable[..., list[object]],
    curator: User,
    now: datetime.datetime,
    settings: LazySettings,
    _time: int,
) -> None:
    settings.QUOTA_BYTES = 100

    def begin() -> Upload:
        return begin_upload(by=curator, length=60, filename="take.mp4", now=now)

    outcomes = at_once(begin, begin, begin)
    refused = [isinstance(each, QuotaReachedError) for each in outcomes]
    assert (sorted(refused), Upload.objects.count()) == ([False, True, True], 1)
