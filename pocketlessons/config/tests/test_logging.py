"""What an operator may read: that something happened, never a way in or a person's address."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

pytestmark = pytest.mark.django_db
TOKEN = "Zp0-kEpTsEcReT_x7"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What our own handler writes while a test runs."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    logs: dict[str, Any] = settings.LOGGING
    told = logs["formatters"]["line"]
    handler.setFormatter(import_string(told["class"])(told["format"], style=told["style"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("path", [f"/sign-in-links/{TOKEN}/", f"/invitations/t/{TOKEN}.seal/"])
def test_it_keeps_tokens_out_of_the_log(log: StringIO, path: str) -> None:
    assert Client().get(path).status_code == 404
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert "Not Found" in log.getvalue()
    assert "Forbidden" in log.getvalue()
    assert "Zp0" not in log.getvalue()
    assert "seal" not in log.getvalue()


def test_it_keeps_addresses_out_of_the_log(log: StringIO) -> None:
    refused = OSError("550 maya.rosen+pocket@mail.example.org is unknown")
    logging.getLogger("django.request").error("mail to maya@example.org failed", exc_info=refused)
    assert "failed" in log.getvalue()
    assert "maya" not in log.getvalue()
    assert "example.org" not in log.getvalue()
