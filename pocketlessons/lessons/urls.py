"""URLs of `lessons`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.lessons.views import composer, deliveries, library

app_name = "lessons"
urlpatterns: list[URLPattern | URLResolver] = [
    path("library/", library.library, name="library"),
    path("lessons/", composer.lessons, name="lessons"),
    path("lessons/<uuid:lesson_id>/", composer.lesson, name="lesson"),
    path("lessons/<uuid:lesson_id>/removal/", composer.lesson_removal, name="lesson-removal"),
    path("lessons/<uuid:lesson_id>/deliveries/", composer.lesson_deliveries, name="lesson-deliveries"),
    path("deliveries/<uuid:delivery_id>/", deliveries.delivery, name="delivery"),
    path(
        "deliveries/<uuid:delivery_id>/withdrawal/",
        deliveries.delivery_withdrawal,
        name="delivery-withdrawal",
    ),
]
