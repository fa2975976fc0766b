"""URLs of the outbox, mounted only where mail goes to a folder."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
