"""The few calls to the Linux kernel for which Python has no function."""

import ctypes
import os
import sys

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38


def system_call(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """What the kernel answers; OSError where it refuses, or where this is no Linux."""
    if sys.platform != "linux":
        raise OSError("only Linux has this")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    passed = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result = libc.syscall(ctypes.c_long(number), *passed)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def process_control(option: int, value: int) -> None:
    """prctl with one argument; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "prctl"):
        raise OSError("only Linux has this")
    if libc.prctl(option, *(ctypes.c_ulong(each) for each in (value, 0, 0, 0))) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
