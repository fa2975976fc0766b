"""What can go wrong between us and the vault."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager


class VaultError(Exception):
    """The vault cannot do what it was asked: a broken disk, a wrong key, a damaged blob."""


class VaultFullError(VaultError):
    """No room is left. Nothing that was acknowledged is affected."""


class BlobMissingError(VaultError):
    """There is no such blob, or no longer."""


class BlobBusyError(VaultError):
    """Another writer holds the blob."""


FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the operating system says into the vault's own words."""
    try:
        yield
    except FileNotFoundError as error:
        raise BlobMissingError("no such blob") from error
    except BlockingIOError as error:
        raise BlobBusyError("another writer holds the blob") from error
    except OSError as error:
        if error.errno in FULL:
            raise VaultFullError("the vault's disk is full") from error
        raise VaultError(f"the vault's disk refused: {error.strerror}") from error
