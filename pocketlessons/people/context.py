"""What the shell around every page needs to know."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav` for signed-in people: which entries, and the faces of a curator's learners."""
    return {"nav": None}
