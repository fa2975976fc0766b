"""A seccomp filter: no network, no new process, no new program, nothing that reaches beyond this process."""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator

from pocketlessons.lib.isolation import syscalls
from pocketlessons.lib.isolation.kernel import system_call

SET_MODE_FILTER, ALL_THREADS = 1, 1
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

LOAD_WORD, JUMP_EQUAL, JUMP_GREATER, JUMP_SET, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
AT_NUMBER, AT_ARCHITECTURE, AT_FIRST_ARGUMENT = 0, 4, 16
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
CLONE_THREAD = 0x10000

Instruction = bytes


def deny_system_calls() -> None:
    """Install the filter for every thread of this process. Raises OSError where there is none for this machine.

    Needs no_new_privs or root. Refused calls fail with EPERM, those not yet known to us with ENOSYS.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise OSError(errno.ENOTSUP, f"there is no filter for {machine}")
    program = b"".join(_program(machine))
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    number = syscalls.SECCOMP[syscalls.COLUMNS[machine]]
    system_call(number, SET_MODE_FILTER, ALL_THREADS, ctypes.create_string_buffer(header, len(header)))


def _program(machine: str) -> Iterator[Instruction]:
    column = syscalls.COLUMNS[machine]
    yield _instruction(LOAD_WORD, AT_ARCHITECTURE)
    yield _instruction(JUMP_EQUAL, ARCHITECTURES[machine], then=1)
    yield _instruction(RETURN, KILL)
    yield _instruction(LOAD_WORD, AT_NUMBER)
    yield _instruction(JUMP_GREATER, syscalls.LAST_KNOWN, otherwise=1)
    yield _instruction(RETURN, REFUSE | errno.ENOSYS)
    for numbers in syscalls.DENIED.values():
        if numbers[column] is not None:
            yield from _refuse(numbers[column] or 0, errno.EPERM)
    yield from _refuse(
        syscalls.CLONE3[column], errno.ENOSYS
    )  # its flags lie in memory; libc falls back to clone
    yield from _only_if(syscalls.CLONE[column], JUMP_SET, [CLONE_THREAD])
    yield from _only_if(syscalls.TGKILL[column], JUMP_EQUAL, [os.getpid()])
    yield from _only_if(syscalls.PRLIMIT[column], JUMP_EQUAL, [0, os.getpid()])
    yield _instruction(RETURN, ALLOW)


def _refuse(number: int, error: int) -> Iterator[Instruction]:
    yield _instruction(JUMP_EQUAL, number, otherwise=1)
    yield _instruction(RETURN, REFUSE | error)


def _only_if(number: int, test: int, values: list[int]) -> Iterator[Instruction]:
    """This call is allowed while its first argument passes the test with one of the values."""
    yield _instruction(JUMP_EQUAL, number, otherwise=len(values) + 3)
    yield _instruction(LOAD_WORD, AT_FIRST_ARGUMENT)
    for left, value in zip(reversed(range(len(values))), values, strict=True):
        yield _instruction(test, value, then=left + 1)
    yield _instruction(RETURN, REFUSE | errno.EPERM)
    yield _instruction(RETURN, ALLOW)


def _instruction(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> Instruction:
    return struct.pack("=HBBI", code, then, otherwise, value)
