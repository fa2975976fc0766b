"""Whether a request was made by one of our own pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_from_elsewhere(request: HttpRequest) -> bool:
    """True where the browser says that another site's page sent this. A client that says nothing is no browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    asked = urlsplit(origin)
    return (asked.scheme, asked.netloc) != (request.scheme, request.get_host())
