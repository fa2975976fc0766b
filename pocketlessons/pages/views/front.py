"""The address without a path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """To the desk of whoever guides, the pocket of everybody else, and the door without a name."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return redirect("pages:desk" if request.user.guides else "pages:pocket")
