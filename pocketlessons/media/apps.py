from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "pocketlessons.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
