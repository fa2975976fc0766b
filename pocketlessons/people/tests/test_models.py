"""What the database itself refuses."""

import datetime

import pytest
from django.db import IntegrityError, connection

from pocketlessons.people.models import Connection, User


def test_it_runs_on_the_database_that_was_asked_for(db: None) -> None:
    import os

    wanted = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == wanted


def test_an_address_is_kept_in_lower_case(db: None) -> None:
    assert User.objects.create_user("Ines@Example.ORG").email == "ines@example.org"


def test_nobody_is_their_own_learner(curator: User, now: datetime.datetime) -> None:
    with pytest.raises(IntegrityError, match="connection_is_between_two_people"):
        Connection.objects.create(curator=curator, learner=curator, started_at=now)
