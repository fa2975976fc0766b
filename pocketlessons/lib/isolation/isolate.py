"""All layers at once, each where the machine has it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pocketlessons.lib.isolation import kernel
from pocketlessons.lib.isolation.landlock import restrict_files
from pocketlessons.lib.isolation.limits import forget_environment, limit_processes, limit_resources
from pocketlessons.lib.isolation.seccomp import deny_system_calls

OPEN_FILES = 64


@dataclass(frozen=True)
class Layer:
    """One wall around a process; `detail` says why it is missing, or which version it is."""

    name: str  # environment, limits, privileges, files, calls
    is_on: bool
    detail: str = ""


def isolate(*, readable: Iterable[Path], memory_bytes: int) -> tuple[Layer, ...]:
    """Shut this process in: it reads `readable` and what is open already, and reaches nothing else. No way back.

    A layer that the machine does not have is left out and said so; call this before any other thread starts.
    """
    layers = [
        _layer("environment", lambda: forget_environment()),
        _layer("limits", lambda: limit_resources(memory_bytes=memory_bytes, open_files=OPEN_FILES)),
        _layer("privileges", _give_up_privileges),
        _layer("files", lambda: f"Landlock {restrict_files(readable)}"),
        _layer("calls", deny_system_calls),
    ]
    if not layers[-1].is_on:
        limit_processes()
    return tuple(layers)


def _give_up_privileges() -> None:
    kernel.process_control(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.process_control(kernel.PR_SET_DUMPABLE, 0)


def _layer(name: str, put_on: Callable[[], str | None]) -> Layer:
    try:
        detail = put_on()
    except (OSError, ValueError) as error:
        return Layer(name, is_on=False, detail=str(error))
    return Layer(name, is_on=True, detail=detail or "")
