"""Fixtures of the tests that need the whole product."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from mediakit.render.phone import phone_mp4
from tests.world import World, make_world


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of film as a phone saves it."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    phone_mp4(path, 1, width=160, height=96)
    return path


@pytest.fixture
def world(db: None, settings: LazySettings, tmp_path: Path, film: Path) -> World:
    settings.VAULT = tmp_path / "vault"
    settings.OUTBOX = tmp_path / "outbox"
    settings.MASTER_KEY_FILE = tmp_path / "master-key"
    return make_world(film)
