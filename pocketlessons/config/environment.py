"""Typed readers of the environment that refuse nonsense and say so."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from pocketlessons.lib.secret_file import make_secret_file


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that `NAME_FILE` names (for secrets), or the default."""
    if file_name := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={file_name} cannot be read") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """`1`, `true`, `yes`, `on` and their opposites."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value} is neither yes nor no")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    value = text(name)
    if not value:
        return default
    try:
        result = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value} is not a whole number") from error
    if result < minimum:
        raise ImproperlyConfigured(f"{name}={value} is less than {minimum}")
    return result


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A writable folder, made when missing, for its owner only."""
    path = Path(text(name) or default).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path} is not a writable folder") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name}={path} is not a writable folder")
    return path


def remembered(path: Path, default: str) -> str:
    """What the server noted at its last start, so that commands beside it print the same address."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return default


def secret(name: str, path: Path) -> str:
    """The variable, or a random secret kept in a file of mode 0600 that is made at the first start."""
    if value := text(name):
        return value
    if not path.exists():
        make_secret_file(path, secrets.token_urlsafe(50).encode())
    return path.read_text(encoding="ascii")
