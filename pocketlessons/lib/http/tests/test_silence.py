"""A connection that says nothing is closed; one that does is left alone, and so is one that we opened."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from pocketlessons.lib.http.silence import _accepted_connections, close_silent_connections

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "TCP_INFO"), reason="Linux tells how long a connection was silent"
)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def watching() -> Iterator[threading.Event]:
    stopping = close_silent_connections(after_seconds=0.3, every_seconds=0.02)
    yield stopping
    stopping.set()


def test_only_the_silent_connection_is_closed(listener: socket.socket, watching: threading.Event) -> None:
    with (
        socket.create_connection(listener.getsockname()) as silent,
        listener.accept()[0] as silent_here,
        socket.create_connection(listener.getsockname()) as talking,
        listener.accept()[0] as talking_here,
    ):
        silent.settimeout(10)
        silent_here.settimeout(10)
        closed = threading.Thread(target=silent_here.recv, args=[1])
        closed.start()
        until = time.monotonic() + 10
        while closed.is_alive() and time.monotonic() < until:
            talking.sendall(b"x")
            talking_here.recv(1)
            closed.join(0.05)
        assert silent.recv(1) == b""
        talking.sendall(b"still here")
        assert talking_here.recv(10) == b"still here"


def test_a_connection_to_an_address_of_somebody_else_is_not_ours_to_close(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()), listener.accept()[0]:
        assert _ports() == [listener.getsockname()[1]]
        listener.close()  # from now on nobody here listens there, as with a database of another process
        assert _ports() == []


def _ports() -> list[int]:
    ports = []
    for each in _accepted_connections():
        with each:
            ports.append(each.getsockname()[1])
    return ports
