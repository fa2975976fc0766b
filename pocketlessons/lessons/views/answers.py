"""What several views of `lessons` answer with."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirect):
    """What was posted is done; go and look there."""

    status_code = 303

    def __init__(self, to: str, *args: Any) -> None:
        super().__init__(resolve_url(to, *args))


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's own script asks, which reads no HTML."""
    return "application/json" in request.headers.get("Accept", "")


def errors_as_json(form: BaseForm) -> JsonResponse:
    """422 with the sentences by field, for the form that saves itself."""
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)
