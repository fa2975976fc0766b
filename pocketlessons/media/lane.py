"""The short way for bytes: players ask for ranges many times a second, and need nothing of what pages need.

The pieces of an upload take it too; they pass Django's CSRF check as on the long way.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.urls import resolve
from django.utils import translation
from django.views.decorators.csrf import csrf_protect

from pocketlessons.people.quick_sign_in import user_of_session

GetResponse = Callable[[HttpRequest], HttpResponseBase]
BYTES = re.compile(r"/recordings/[0-9a-f-]{36}/(recording\.mp4|recording\.webm|audio|poster\.jpg)")
PIECES = re.compile(r"/uploads/[0-9a-f-]{36}/")


def bytes_lane(get_response: GetResponse) -> GetResponse:
    """Answer whoever is surely signed in by the view alone; leave everybody and everything else to the long way."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _takes_the_short_way(request):
            return get_response(request)
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest()
        user = user_of_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        if user is None:
            return get_response(request)
        request.user = user
        view, arguments, named = resolve(request.path_info)
        if request.method == "PATCH":
            view = csrf_protect(view)
        with translation.override(user.language):
            response: HttpResponseBase = view(request, *arguments, **named)
        return response

    return middleware


def _takes_the_short_way(request: HttpRequest) -> bool:
    if request.method == "PATCH":
        return PIECES.fullmatch(request.path_info) is not None
    is_page = "text/html" in request.headers.get("Accept", "")
    return not is_page and BYTES.fullmatch(request.path_info) is not None
