"""Three people of every test: a curator, her learner, and a stranger who curates somebody else."""

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection as database
from django.test import Client
from django.utils import timezone

from pocketlessons.people.models import Connection, User


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: LazySettings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAULT = tmp_path / "vault"
    settings.OUTBOX = tmp_path / "outbox"
    settings.MASTER_KEY_FILE = tmp_path / "master-key"


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("ines@example.org", name="Ines Duarte", guides=True)


@pytest.fixture
def learner(db: None) -> User:
    return User.objects.create_user("maya@example.org", name="Maya Rosen")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("tomas@example.org", name="Tomas Lindqvist", guides=True)


@pytest.fixture
def connection(curator: User, learner: User, now: datetime.datetime) -> Connection:
    return Connection.objects.create(curator=curator, learner=learner, started_at=now)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A signed-in browser of that person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def at_once(transactional_db: None) -> Callable[..., list[object]]:
    """Calls functions in threads that start together; what each returned, or the exception that it raised."""

    def call(*functions: Callable[[], object]) -> list[object]:
        together = threading.Barrier(len(functions))

        def outcome(function: Callable[[], object]) -> object:
            try:
                together.wait()
                return function()
            except Exception as error:  # noqa: BLE001 - the tests look at it
                return error
            finally:
                database.close()

        with ThreadPoolExecutor(len(functions)) as threads:
            return list(threads.map(outcome, functions))

    return call
