"""How often somebody may try, in allauth's notation: amount, time, and per whom."""

from typing import Literal

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = {
    "invitation": "20/h/user",
    "acceptance": "20/m/ip,100/h/ip",
    "sign-in-link": "20/m/ip",
}


def is_allowed(request: HttpRequest, action: Literal["invitation", "acceptance", "sign-in-link"]) -> bool:
    """Count this POST, and say whether it is still within what is usual."""
    usage = ratelimit.consume(request, app="pocketlessons.people", action=action, config=RATES)
    return usage is not None
