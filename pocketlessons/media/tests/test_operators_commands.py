"""What an operator runs to find out whether everything works and every byte is right."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from mediakit.tests import clips
from pocketlessons.media.checkup import findings
from pocketlessons.media.models import Recording

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]


@pytest.fixture(autouse=True)
def _built(settings: LazySettings, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text("{}")
    settings.DJANGO_VITE = {"default": {"manifest_path": manifest}}


def told(command: str) -> tuple[str, int | str | None]:
    out = io.StringIO()
    try:
        call_command(command, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def test_doctor_finds_a_healthy_house() -> None:
    found = {finding.part: finding for finding in findings() if finding.part != "worker"}
    assert {part for part, finding in found.items() if not finding.ok} == set()
    assert set(found) == {"database", "vault", "media", "mail", "pages", "isolation"}


def test_doctor_warns_when_no_worker_is_there() -> None:
    text, code = told("doctor")
    assert code == 0
    assert "none is running" in text


def test_doctor_says_what_is_broken(settings: LazySettings, tmp_path: Path) -> None:
    settings.EMAIL_URL = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MASTER_KEY_FILE.write_text("no key")
    settings.MASTER_KEY_FILE.chmod(0o600)
    text, code = told("doctor")
    assert code == 1
    assert text.count("broken") == 2


def test_scrub_reads_every_byte_and_names_what_differs(prepared: Receive, settings: LazySettings) -> None:
    whole, damaged = prepared(clips.phone()), prepared(clips.wav())
    assert told("scrub") == ("2 recordings read, 0 damaged.\n", 0)
    stored = next(Path(settings.VAULT).glob(f"*/{damaged.pk.hex}/source"))
    with stored.open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\1\2\3")
    text, code = told("scrub")
    assert code == 1
    assert str(damaged.pk) in text
    assert str(whole.pk) not in text
    stored.unlink()
    assert told("scrub")[1] == 1
