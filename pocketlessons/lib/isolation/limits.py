"""Bounds on what a process may use up, and an environment without secrets."""

import ctypes
import os
import resource


def limit_resources(*, memory_bytes: int, open_files: int) -> None:
    """No core dump, no file ever written, and so much memory at most. These can only be lowered again."""
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, open_files)


def limit_processes() -> None:
    """No new process or thread, for whoever is not root: where the kernel cannot tell the two apart for us."""
    _limit(resource.RLIMIT_NPROC, 0)


def limit_cpu(seconds: int) -> None:
    """So many seconds more of CPU time; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    _limit(resource.RLIMIT_CPU, until)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bounded, bounded))


def forget_environment() -> None:
    """Overwrite every variable where the kernel put it, so that no secret is left in this process's memory."""
    libc = ctypes.CDLL(None)
    addresses = ctypes.POINTER(ctypes.c_void_p).in_dll(libc, "environ")
    index = 0
    while addresses[index]:
        ctypes.memset(addresses[index], 0, len(ctypes.string_at(addresses[index])))
        index += 1
    os.environ.clear()
