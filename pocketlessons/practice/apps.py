from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "pocketlessons.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
