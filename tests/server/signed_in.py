"""A signed-in person without a browser: the headers that carry the session."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "x" * 32
SIGN_IN = """
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from pocketlessons.people.models import User
user, _ = User.objects.get_or_create(email="ines@example.org", defaults={"name": "Ines Duarte", "guides": True})
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


def signed_in_headers(data: Path) -> dict[str, str]:
    """What a curator's tus client sends with every request to the server that keeps its files in `data`."""
    environment = os.environ | {
        "POCKET_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "pocketlessons.config.settings",
    }
    command = [sys.executable, "-c", SIGN_IN]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    session = answer.stdout.split()[-1]
    return {"Cookie": f"session={session}; csrf={TOKEN}", "X-CSRFToken": TOKEN}
