"""A secret that is made once, in a file for its owner's eyes only."""

import os
import secrets
from pathlib import Path


def make_secret_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, durably, unless another process was first: then its secret stays.

    Written apart and linked into place, so that nobody ever reads half a secret.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
