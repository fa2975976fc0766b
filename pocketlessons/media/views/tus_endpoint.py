"""What every tus endpoint does before and after its own work."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from pocketlessons.lib.http.body import body_of
from pocketlessons.lib.http.origin import is_from_elsewhere
from pocketlessons.lib.vault import BlobBusyError, VaultError, VaultFullError
from pocketlessons.media import tus
from pocketlessons.media.actions import receiving, uploading
from pocketlessons.media.receiving.writers import FencedOffError, TooManyBodiesError
from pocketlessons.people.models import User

DISCARDED_BYTES = 16 * 1024 * 1024
"""Of a refused body: the largest piece that our own pages send. Nobody's body is read on who is not signed in."""
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, User, P], HttpResponse]
Endpoint = Callable[Concatenate[HttpRequest, P], HttpResponse]


def tus_endpoint(view: View[P]) -> Endpoint[P]:
    """Origin, sign-in and version first; then the view, whose refusals become statuses and sentences."""

    @wraps(view)
    def endpoint(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(
                status=HTTPStatus.NO_CONTENT, headers=tus.abilities(settings.MAX_UPLOAD_BYTES)
            )
        else:
            response = _answer(view, request, *args, **kwargs)
        response["Tus-Resumable"] = tus.VERSION
        response["Cache-Control"] = "no-store"
        return response

    return endpoint


def _answer(view: View[P], request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    if is_from_elsewhere(request):
        return _refusal(HTTPStatus.FORBIDDEN, "")
    if not request.user.is_authenticated:
        return _refusal(HTTPStatus.UNAUTHORIZED, _("Sign in to continue."))
    response = _attempt(view, request, request.user, *args, **kwargs)
    if (
        response.status_code >= HTTPStatus.BAD_REQUEST
        and response.status_code != HTTPStatus.SERVICE_UNAVAILABLE
    ):
        body_of(request).discard(DISCARDED_BYTES)
    return response


def _attempt(
    view: View[P], request: HttpRequest, user: User, /, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    try:
        tus.require_version(request.headers)
        return view(request, user, *args, **kwargs)
    except Http404:
        return _refusal(HTTPStatus.NOT_FOUND, "")
    except tus.TusError as error:
        response = _refusal(error.status, str(error))
        if error.status == HTTPStatus.PRECONDITION_FAILED:
            response["Tus-Version"] = tus.VERSION
        return response
    except (
        uploading.UploadRefusedError,
        receiving.OffsetMismatchError,
        receiving.ChecksumMismatchError,
    ) as error:
        return _refusal(*_why_refused(error))
    except (FencedOffError, TooManyBodiesError, VaultError) as error:
        return _why_not_now(error)


def _why_refused(error: Exception) -> tuple[int, str]:
    match error:
        case receiving.OffsetMismatchError():
            return HTTPStatus.CONFLICT, "The upload goes on at another offset."
        case receiving.ChecksumMismatchError():
            return tus.CHECKSUM_MISMATCH, "The bytes that arrived are not those that were sent."
        case uploading.UploadTooLargeError():
            largest = filesizeformat(settings.MAX_UPLOAD_BYTES)
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("A recording can be up to %s here.") % largest
        case uploading.QuotaReachedError():
            sentence = _("There is no room left for this file. Erase a recording that you no longer need.")
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence
        case uploading.TooManyUploadsError():
            sentence = _("Many uploads are still unfinished. Continue or remove one of them first.")
            return HTTPStatus.TOO_MANY_REQUESTS, sentence
        case uploading.UploadFinishedError():
            return HTTPStatus.FORBIDDEN, "The upload is finished."
        case _:
            return HTTPStatus.BAD_REQUEST, "This length cannot be."


def _why_not_now(error: Exception) -> HttpResponse:
    match error:
        case FencedOffError():
            return _refusal(HTTPStatus.CONFLICT, "A newer request has taken this upload over.")
        case BlobBusyError():
            return _refusal(HTTPStatus.LOCKED, "Another process is writing to this upload.")
        case VaultFullError():
            return _refusal(
                HTTPStatus.INSUFFICIENT_STORAGE, _("The server's disk is full. Nothing that arrived is lost.")
            )
        case TooManyBodiesError():
            seconds, sentence = 5, _("Many files are arriving at once. This one goes on in a moment.")
        case _:
            seconds, sentence = (
                30,
                _("The server cannot store files right now. Nothing that arrived is lost."),
            )
    response = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, sentence)
    response["Retry-After"] = str(seconds)
    return response


def _refusal(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
