"""Landlock: from now on this process opens nothing but what it was told, and that for reading only."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from pocketlessons.lib.isolation.kernel import system_call

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
VERSION_FLAG = 1
PATH_BENEATH = 1

READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Rights over files that each version of Landlock knows; all of them are taken away."""

NETWORK_SINCE, NETWORK_RIGHTS = 4, 0b11  # bind and connect
SCOPES_SINCE, SCOPES = 6, 0b11  # abstract sockets and signals of other processes


def restrict_files(readable: Iterable[Path]) -> int:
    """Leave only these folders and files, for reading. Returns Landlock's version; raises OSError without it.

    What is open already stays open. Needs no_new_privs or root.
    """
    version = system_call(CREATE_RULESET, None, 0, VERSION_FLAG)
    ruleset = _new_ruleset(version)
    try:
        for path in readable:
            _allow_reading(ruleset, path)
        system_call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return version


def _new_ruleset(version: int) -> int:
    files = (1 << FILE_RIGHTS.get(version, max(FILE_RIGHTS.values()))) - 1
    attributes = struct.pack("=Q", files)
    if version >= NETWORK_SINCE:
        attributes += struct.pack("=Q", NETWORK_RIGHTS)
    if version >= SCOPES_SINCE:
        attributes += struct.pack("=Q", SCOPES)
    return system_call(CREATE_RULESET, _buffer(attributes), len(attributes), 0)


def _allow_reading(ruleset: int, path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rights = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
        rule = struct.pack("=Qi", rights, descriptor)
        system_call(ADD_RULE, ruleset, PATH_BENEATH, _buffer(rule), 0)
    finally:
        os.close(descriptor)


def _buffer(content: bytes):  # type: ignore[no-untyped-def]  # ctypes has no name for what it returns
    import ctypes

    return ctypes.create_string_buffer(content, len(content))
