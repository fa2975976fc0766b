"""Mounts every app's URLs; decides nothing."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pocketlessons.pages.urls")),
    path("", include("pocketlessons.people.urls")),
    path("", include("pocketlessons.lessons.urls")),
    path("", include("pocketlessons.practice.urls")),
    path("", include("pocketlessons.media.urls")),
    path("", include("pocketlessons.ui.urls")),
    path("door/", include("allauth.urls")),
]
