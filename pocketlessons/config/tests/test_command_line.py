"""Every refusal of `bin/pocket` is one sentence on stderr and exit code 2."""

from pathlib import Path

import pytest

from pocketlessons.config.command_line import main


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "There is no command nonsense. See bin/pocket --help."),
        (["deliver"], "the following arguments are required: file, --from, --to"),
        (["deliver", "/nowhere", "--from", "a@b.org", "--to", "c@d.org"], "There is no file at /nowhere."),
        (["deliver", __file__, "--from", "ines", "--to", "c@d.org"], "“ines” is not a mail address."),
        (
            ["deliver", __file__, "--from", "a@b.org", "--to", "a@b.org"],
            "A lesson goes from one person to another.",
        ),
    ],
)
def test_it_refuses_in_one_sentence(
    db: None, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(arguments) == 2
    written = capsys.readouterr()
    assert written.err.strip() == sentence
    assert written.out == ""


def test_what_is_not_media_gets_its_sentence(
    transactional_db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = tmp_path / "lesson.mp4"
    page.write_text("<html>not a film</html>")
    assert main(["deliver", str(page), "--from", "a@b.org", "--to", "c@d.org"]) == 2
    assert "neither a video nor a sound file" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    words = capsys.readouterr().out
    assert all(name in words for name in ("deliver", "sign-in-link", "doctor", "work", "scrub"))
