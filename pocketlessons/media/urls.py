"""URLs of `media`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.media.views import uploads

app_name = "media"
urlpatterns: list[URLPattern | URLResolver] = [
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
]
