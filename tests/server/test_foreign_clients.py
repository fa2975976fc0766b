"""Clients that others wrote upload here, and go on after they were cut off in the middle."""

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_server import ROOT
from tests.server.web import MIB, Curator, WebServer

HERE = Path(__file__).parent
CLIENTS = {
    "tus-js-client": ["node", str(HERE / "tus_js_client.mjs")],
    "tuspy": [sys.executable, str(HERE / "tuspy_client.py")],
}
CONTENT = random.Random(3).randbytes(40 * MIB)  # noqa: S311 - a file, not a secret


@pytest.mark.parametrize("name", CLIENTS)
def test_it_uploads_and_resumes_after_a_cut(
    name: str, server: WebServer, curator: Curator, tmp_path: Path
) -> None:
    file = tmp_path / "lesson.mp4"
    file.write_bytes(CONTENT)
    headers = json.dumps({key: value for key, value in curator.headers.items() if key != "Tus-Resumable"})
    command = [*CLIENTS[name], f"{server.url}/uploads/", str(file), headers]
    url = _cut_in_the_middle(command)
    path = url.removeprefix(server.url)
    stored = curator.offset(path)
    assert 0 < stored < len(CONTENT)
    again = subprocess.run([*command, url], cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.stdout.splitlines()[-1] == "done", again.stdout[-500:] + again.stderr
    first = next(line for line in again.stdout.splitlines() if line.startswith("sent"))
    assert int(first.split()[1]) >= stored
    finished = curator.ask("HEAD", path)
    assert int(finished.headers["Upload-Offset"]) == len(CONTENT)
    digest = server.stored_sha256(finished.headers["Pocket-Recording"])
    assert digest == hashlib.sha256(CONTENT).hexdigest()


def _cut_in_the_middle(command: list[str]) -> str:
    """Kill the client once it has sent a good third; where it was uploading to."""
    url = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        for line in client.stdout:
            what, _, rest = line.strip().partition(" ")
            assert what != "failed", rest
            if what == "url":
                url = rest
            if what == "sent" and int(rest.split()[0]) > len(CONTENT) // 3:
                break
        client.kill()
    return url
