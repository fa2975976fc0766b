"""`bin/run`: migrate, fill an empty installation with the demo, then serve and work until told to stop."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if not _port_is_free(options.port):
        print(f"Port {options.port} is taken. Choose another with --port.", file=sys.stderr)
        return 2
    _point_settings_at(options)
    import django

    django.setup()
    links = _prepare_installation(demo=options.demo)
    stopping = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    web = _start(_granian(options.port))
    worker = threading.Thread(target=_keep_working, args=(stopping,), daemon=True)
    worker.start()
    threading.Thread(target=_announce, args=(os.environ["POCKET_URL"], links, stopping), daemon=True).start()
    while not stopping.wait(0.2) and web.poll() is None:
        pass
    came_down_alone = not stopping.is_set()
    stopping.set()
    _stop(web)
    worker.join(timeout=15)
    return 1 if came_down_alone else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Serve Pocket Lessons on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, help="folder for everything that is stored (default: var)")
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="leave an empty installation empty"
    )
    return parser.parse_args(arguments)


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _point_settings_at(options: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
    if options.data:
        os.environ["POCKET_DATA"] = str(options.data.resolve())
    os.environ.setdefault("POCKET_URL", f"http://127.0.0.1:{options.port}")


def _prepare_installation(*, demo: bool) -> list[tuple[str, str]]:
    """Migrate; with `demo`, fill an empty installation. Returns (name, one-time sign-in link) of the demo's people."""
    from django.conf import settings

    from pocketlessons.config.command_line import bring_up_to_date

    (settings.DATA / "address").write_text(settings.BASE_URL, encoding="ascii")
    bring_up_to_date()
    if not demo:
        return []
    from pocketlessons.pages.demo import demo_links, fill_when_empty

    fill_when_empty()
    return demo_links()


def _granian(port: int) -> list[str]:
    from django.conf import settings

    options = {
        "interface": "wsgi",
        "host": "127.0.0.1",
        "port": port,
        "workers": 1,
        "blocking-threads": settings.WEB_THREADS,
        "backpressure": 1024,
        "log-level": "error",  # it warns of so many threads; uploads need them
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "granian", *flags, "--no-ws", "pocketlessons.config.wsgi:application"]


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, preexec_fn=_die_with_parent)  # noqa: S603 - our own commands


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.setpgid(0, 0)  # Ctrl-C reaches us alone: we stop the others in order


def _keep_working(stopping: threading.Event) -> None:
    """One task worker, started again when it dies."""
    command = [sys.executable, "-m", "django", "work"]
    while not stopping.is_set():
        worker = _start(command)
        while worker.poll() is None:
            if stopping.wait(0.5):
                _stop(worker)
                return
        stopping.wait(2)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _announce(url: str, links: list[tuple[str, str]], stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()  # noqa: S310 - our own address
            break
        except OSError:
            time.sleep(0.1)
    print(f"Pocket Lessons is at {url}", flush=True)
    for name, link in links:
        print(f"  {name}: {link}", flush=True)
    if links:
        print("  (each link signs in once; stop with Ctrl-C)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
