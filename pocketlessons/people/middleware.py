"""Language and time zone of the person who asks."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def in_the_persons_language(get_response: GetResponse) -> GetResponse:
    """Dates, times and words of every page in the person's own zone and language; the browser's until known."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        zone = user.time_zone if user.is_authenticated else None
        with translation.override(language), timezone.override(_zone(zone)):
            response = get_response(request)
            response.setdefault("Content-Language", language)
        return response

    return middleware


def _zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
