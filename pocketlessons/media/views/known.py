"""Bytes are for people we know; for anybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from pocketlessons.people.models import User

P = ParamSpec("P")


def for_known_people(
    view: Callable[Concatenate[HttpRequest, User, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """404 without a sign-in: no page is asked for here, so there is nobody to send to the door."""

    @wraps(view)
    def known(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise Http404
        return view(request, request.user, *args, **kwargs)

    return known
