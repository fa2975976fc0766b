"""The audit app listens to `people`, which knows nothing of it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "pocketlessons.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from pocketlessons.audit.actions import record_connected, record_signed_in
        from pocketlessons.people.actions.connecting import when_connected

        user_logged_in.connect(record_signed_in, dispatch_uid="audit")

        if record_connected not in when_connected:
            when_connected.append(record_connected)
