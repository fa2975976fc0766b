"""The house's own guards, whatever a view does: settings, headers, hosts, and bodies of forms."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pocketlessons.people.adapter import keep_address
from pocketlessons.people.models import User

ASK = "from django.conf import settings as s; print(s.EMBEDDED, s.OUTBOX_SHOWN, s.DEBUG, s.ALLOWED_HOSTS[0])"


def told(folder: Path, url: str, *command: str) -> str:
    environment = {"PATH": os.environ["PATH"], "POCKET_DATA": str(folder), "POCKET_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "pocketlessons.config.settings"
    answer = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *command],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return (answer.stdout + answer.stderr).strip()


def test_a_deployment_has_nothing_to_warn_of(tmp_path: Path) -> None:
    command = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert "no issues" in told(tmp_path, "https://lessons.example.org", *command)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("https://lessons.example.org", "False False False lessons.example.org"),
        ("http://lessons.example.org", "False False False lessons.example.org"),
        ("http://127.0.0.1:8000", "True True False 127.0.0.1"),
    ],
)
def test_only_this_computer_has_what_is_for_itself_alone(tmp_path: Path, url: str, answer: str) -> None:
    assert told(tmp_path, url, "-c", ASK) == answer


@pytest.mark.parametrize(
    "path", ["/pocket/", "/desk/", "/library/", "/settings/", "/invitations/", "/nothing/"]
)
def test_pages_are_nobody_elses(client_of: Callable[[User], Client], curator: User, path: str) -> None:
    response = client_of(curator).get(path)
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "http" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/recordings/01890000-0000-7000-8000-000000000000/recording.mp4"])
def test_nothing_keeps_an_answer_of_the_short_way(
    client_of: Callable[[User], Client], curator: User, path: str
) -> None:
    response = client_of(curator).get(path)
    assert response.status_code == 404
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_file_in_a_form_never_reaches_a_disk(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not there")
    file = SimpleUploadedFile("film.mp4", bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert Client().post("/door/login/", {"login": file}).status_code == 200


@pytest.mark.django_db
def test_after_sign_in_nobody_is_sent_elsewhere(curator: User) -> None:
    curator.set_password("a long one for Ines")
    curator.save()
    keep_address(curator, confirmed=True)
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        known = {"login": curator.email, "password": "a long one for Ines", "next": elsewhere}
        response = Client().post("/door/login/", known)
        assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.django_db
def test_a_forgotten_password_is_answered_with_a_code_and_no_link() -> None:
    response = Client().get("/door/password/reset/")
    assert (response.status_code, response["Location"]) == (302, "/door/login/code/")
