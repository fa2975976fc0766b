"""URLs of `ui`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.ui import views

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("healthz", views.healthz, name="healthz"),
]
