"""URLs of `practice`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.practice import views

app_name = "practice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("deliveries/<uuid:delivery_id>/progress/", views.delivery_progress, name="delivery-progress"),
]
