"""Every answer is private until a view says otherwise."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def private_by_default(get_response: GetResponse) -> GetResponse:
    """No shared or stored copies of pages, one answer per session, and no embedding by other sites."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        return response

    return middleware
