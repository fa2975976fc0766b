"""Who is signed in, found in two small queries: for requests that come many times a second."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from pocketlessons.lib.prepared_query import PreparedQuery
from pocketlessons.people.models import User

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
ENGINE = "django.contrib.sessions.backends.db"

_users = PreparedQuery(lambda user_id: User.objects.filter(pk=user_id, is_active=True), ids=1)


def user_of_session(session_key: str | None) -> User | None:
    """The person of this session, checked as Django's own middleware checks it.

    None means that nothing is certain: let that middleware decide.
    """
    if not session_key or settings.SESSION_ENGINE != ENGINE:
        return None
    told = _decoded(_session_data(session_key))
    if told.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = _users.first(User._meta.pk.to_python(told[SESSION_KEY]))
    if user is None or not constant_time_compare(
        told.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    ):
        return None
    return user


def _session_data(session_key: str) -> str:
    """The stored session while it lasts; empty for any other."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(SESSION, [session_key, now])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@lru_cache(maxsize=1024)
def _decoded(session_data: str) -> dict[str, Any]:
    """What a session says; the same bytes always say the same."""
    return SessionStore().decode(session_data) if session_data else {}
