"""The styleguide, where every component is shown, and the pulse that a monitor asks for."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.ui import specimens


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; also the page that the accessibility and contrast checks look at."""
    if not (settings.DEBUG or settings.EMBEDDED):
        raise Http404
    form = specimens.SpecimenForm()
    broken_form = specimens.SpecimenForm({"title": "", "email": "ines", "code": "12"})
    context = specimens.everything() | {"form": form, "broken_form": broken_form}
    return render(request, "ui/styleguide.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` while the server and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
