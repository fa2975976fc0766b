"""The outbox exists in its mode only, and only for this computer."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage, get_connection
from django.test import Client
from django.urls import reverse

from pocketlessons.people import outbox
from pocketlessons.people.letters import letter


@pytest.fixture
def _mail_here(settings: LazySettings) -> None:
    settings.OUTBOX_SHOWN = True
    backend = get_connection("pocketlessons.people.outbox.OutboxBackend")
    backend.send_messages(
        [letter(to="a@example.org", subject="First", text="Hello\n\n123456", code="123456")]
    )
    backend.send_messages([letter(to="b@example.org", subject="Sécond ✓", text="https://example.org/x")])


HERE: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def here() -> Client:
    """A browser on this computer."""
    return Client(**HERE)


@pytest.mark.usefixtures("_mail_here")
@pytest.mark.django_db
def test_it_shows_the_newest_first(here: Client) -> None:
    page = here.get("/outbox/").content.decode()
    assert page.index("Sécond ✓") < page.index("First")
    newest = outbox.mails()[0]
    assert isinstance(newest.sent_at, datetime.datetime)
    mail_page = here.get(reverse("people:outbox-mail", args=[newest.name])).content.decode()
    assert 'href="https://example.org/x"' in mail_page
    assert "b@example.org" in mail_page


@pytest.mark.usefixtures("_mail_here")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "192.168.1.7", "HTTP_HOST": "127.0.0.1:8000"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "lessons.example.org"},
        {"REMOTE_ADDR": "", "HTTP_HOST": "localhost"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "203.0.113.5"},
        {**HERE, "HTTP_X_REAL_IP": "203.0.113.5"},
    ],
)
def test_nobody_else_sees_it(settings: LazySettings, asked: dict[str, Any]) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**asked)
    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{outbox.mails()[0].name}/").status_code == 404
    assert "/outbox/" not in client.get("/door/login/").content.decode()


@pytest.mark.usefixtures("_mail_here")
@pytest.mark.django_db
def test_it_does_not_exist_in_other_modes(here: Client, settings: LazySettings) -> None:
    settings.OUTBOX_SHOWN = False
    assert here.get("/outbox/").status_code == 404
    assert here.get(f"/outbox/{outbox.mails()[0].name}/").status_code == 404


@pytest.mark.usefixtures("_mail_here")
@pytest.mark.django_db
def test_the_door_points_to_it(here: Client) -> None:
    assert 'href="/outbox/"' in here.get("/door/login/").content.decode()


@pytest.mark.usefixtures("_mail_here")
@pytest.mark.django_db
def test_other_names_and_methods_are_refused(here: Client) -> None:
    assert here.get("/outbox/no-such-mail/").status_code == 404
    assert here.get("/outbox/../secret-key/").status_code == 404
    assert here.post("/outbox/").status_code == 405


def test_only_their_owner_reads_the_files(settings: LazySettings) -> None:
    get_connection("pocketlessons.people.outbox.OutboxBackend").send_messages(
        [EmailMessage("s", "b", "a@example.org", ["b@example.org"])]
    )
    (file,) = Path(settings.OUTBOX).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_old_mails_go(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "KEPT", 3)
    backend = get_connection("pocketlessons.people.outbox.OutboxBackend")
    for number in range(5):
        backend.send_messages([EmailMessage(str(number), "b", "a@example.org", ["b@example.org"])])
    assert [mail.subject for mail in outbox.mails()] == ["4", "3", "2"]
