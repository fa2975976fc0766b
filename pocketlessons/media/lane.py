"""The short way for bytes: players ask for ranges many times a second, and need nothing of what pages need."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve
from django.utils.cache import patch_vary_headers

from pocketlessons.people.quick_sign_in import user_of_session

GetResponse = Callable[[HttpRequest], HttpResponseBase]
BYTES = re.compile(r"/recordings/[0-9a-f-]{36}/(recording\.mp4|recording\.webm|audio|poster\.jpg)")


def bytes_lane(get_response: GetResponse) -> GetResponse:
    """Answer whoever is surely signed in by the view alone; leave everybody and everything else to the long way."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not BYTES.fullmatch(request.path_info) or "text/html" in request.headers.get("Accept", ""):
            return get_response(request)
        request.get_host()  # refuses names that are not ours
        user = user_of_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        if user is None:
            return get_response(request)
        request.user = user
        view, arguments, named = resolve(request.path_info)
        response: HttpResponseBase = view(request, *arguments, **named)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
