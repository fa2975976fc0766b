"""The mails we send: short, plain, the same words as text and as HTML, nothing of what is taught."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from pocketlessons.people.models import Invitation


def letter(*, to: str, subject: str, text: str, code: str = "") -> EmailMultiAlternatives:
    """A mail of both forms; a paragraph that is nothing but the code is set large."""
    text = re.sub(r"\n{3,}", "\n\n", text.strip())
    mail = EmailMultiAlternatives(" ".join(subject.split()), text + "\n", settings.DEFAULT_FROM_EMAIL, [to])
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n")]
    html = render_to_string("people/mail/letter_message.html", {"paragraphs": paragraphs, "code": code})
    mail.attach_alternative(html, "text/html")
    return mail


def invitation_letter(invitation: Invitation, *, link: str) -> EmailMultiAlternatives:
    """Who invites, and the way in; not what is taught."""
    context = {"invitation": invitation, "curator": invitation.curator, "link": link}
    return letter(
        to=invitation.email,
        subject=render_to_string("people/mail/invitation_subject.txt", context),
        text=render_to_string("people/mail/invitation_message.txt", context),
    )
