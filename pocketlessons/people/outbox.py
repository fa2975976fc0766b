"""Mail of the embedded mode: a folder of .eml files that the outbox page shows."""

from django.core.mail.backends.filebased import EmailBackend


class OutboxBackend(EmailBackend):
    """One file a mail, in settings.OUTBOX."""
