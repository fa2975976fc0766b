"""Bytes are for people we know; for anybody else they do not exist."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from pocketlessons.people.models import User

P = ParamSpec("P")


def for_known_people(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """404 without a sign-in, as for strangers. Whoever came by a link sees the page for it, a player a bare status."""

    @wraps(view)
    def known(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with suppress(Http404):
            if request.user.is_authenticated:
                return view(request, request.user, *args, **kwargs)
        if "text/html" in request.headers.get("Accept", ""):
            raise Http404
        return HttpResponse(status=HTTPStatus.NOT_FOUND)

    return known
