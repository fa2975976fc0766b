"""What several views of `people` answer with."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pocketlessons.people.models import User


def now() -> datetime.datetime:
    """The moment of this request: the edge where the clock is read."""
    return timezone.now()


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for somebody who tries too often."""
    return render(request, "429.html", status=429)


def signed_in(request: HttpRequest) -> User:
    """Who asks, behind login_required."""
    assert request.user.is_authenticated  # noqa: S101 — the decorator's promise, for the type checker
    return request.user
