"""URLs of `pages`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.pages.views import desk, front, pocket

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.front, name="front"),
    path("pocket/", pocket.pocket, name="pocket"),
    path("desk/", desk.desk, name="desk"),
]
