"""A client that announces a body and falls silent holds no thread for long."""

import socket
import time
from collections.abc import Iterator

import pytest

from tests.server.web import MIB, OCTETS, Curator, WebServer

SILENCE_S = 2


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    server = WebServer(tmp_path_factory.mktemp("web"), settings={"POCKET_SILENCE_SECONDS": str(SILENCE_S)})
    server.migrate()
    server.start()
    yield server
    server.stop()


def test_a_silent_body_is_cut_and_what_arrived_is_kept(server: WebServer, curator: Curator) -> None:
    path = curator.begin(10 * MIB)
    lines = [f"PATCH {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Content-Length: {10 * MIB}"]
    lines += [f"{key}: {value}" for key, value in curator.headers.items()]
    lines += [f"Content-Type: {OCTETS}", "Upload-Offset: 0", "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=SILENCE_S + 30) as client:
        began = time.monotonic()
        client.sendall("\r\n".join(lines).encode() + bytes(300_000))
        while client.recv(65536):
            pass
        lasted = time.monotonic() - began
    assert SILENCE_S <= lasted < SILENCE_S + 15
    deadline = time.monotonic() + 10
    while curator.offset(path) < 300_000 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert curator.offset(path) == 300_000
