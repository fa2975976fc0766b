"""The outbox of the embedded mode; 404 to everybody who is not at this computer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pocketlessons.people.outbox import find_mail, is_shown_to, mails


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    if not is_shown_to(request):
        raise Http404
    return render(request, "people/outbox/list.html", {"mails": mails()})


@require_safe
def outbox_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, as text."""
    mail = find_mail(name) if is_shown_to(request) else None
    if mail is None:
        raise Http404
    return render(request, "people/outbox/detail.html", {"mail": mail})
