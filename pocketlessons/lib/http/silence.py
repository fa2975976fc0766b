"""Closing connections on which nothing has moved for a while, so that silent clients hold no thread for ever.

The server that we run on (Granian) limits how long headers may take, but not a body: 256 clients that announce a body
and send nothing would use up its 256 threads. The kernel knows for each connection when bytes last came or went.
"""

import contextlib
import os
import socket
import stat
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

LAST_SENT = 44  # offsets of two 32-bit fields of the kernel's struct tcp_info, both in ms
LAST_RECEIVED = 52
TCP_INFO_BYTES = 56
ESTABLISHED = 1


def close_silent_connections(*, after_seconds: float, every_seconds: float = 5) -> threading.Event:
    """Watch this process's own connections from a thread; set the event to stop it. Does nothing but on Linux."""
    stopping = threading.Event()
    if hasattr(socket, "TCP_INFO") and Path("/proc/self/fd").is_dir():
        arguments = (stopping, after_seconds, every_seconds)
        threading.Thread(target=_watch, args=arguments, name="silence", daemon=True).start()
    return stopping


def _watch(stopping: threading.Event, after_seconds: float, every_seconds: float) -> None:
    while not stopping.wait(every_seconds):
        for connection in _accepted_connections():
            with contextlib.closing(connection):
                if _silent_ms(connection) >= after_seconds * 1000:
                    with contextlib.suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)


def _accepted_connections() -> Iterator[socket.socket]:
    """TCP connections that others opened to us: those at an address that we listen on. Close each."""
    listening: set[object] = set()
    connected: list[socket.socket] = []
    for each in _own_sockets():
        if each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            listening.add(each.getsockname()[1])
            each.close()
        else:
            connected.append(each)
    for each in connected:
        if each.getsockname()[1] in listening:
            yield each
        else:
            each.close()


def _own_sockets() -> Iterator[socket.socket]:
    """Duplicates, so that a descriptor that is closed and used again meanwhile cannot be mistaken."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names are all we want
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            each = socket.socket(fileno=os.dup(int(name)))
            if each.family in {socket.AF_INET, socket.AF_INET6} and each.type == socket.SOCK_STREAM:
                yield each
            else:
                each.close()


def _silent_ms(connection: socket.socket) -> int:
    """Since bytes last came or went; 0 for a connection that is closing anyway."""
    try:
        told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO_BYTES)
    except OSError:
        return 0
    if len(told) < TCP_INFO_BYTES or told[0] != ESTABLISHED:
        return 0
    last_sent: int = struct.unpack_from("=I", told, LAST_SENT)[0]
    last_received: int = struct.unpack_from("=I", told, LAST_RECEIVED)[0]
    return min(last_sent, last_received)
