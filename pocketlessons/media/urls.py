"""URLs of `media`."""

from django.urls import URLPattern, URLResolver, path

from pocketlessons.media.views import downloads, playback, posters, recordings, uploads

ONE = "recordings/<uuid:recording_id>/"

app_name = "media"
urlpatterns: list[URLPattern | URLResolver] = [
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:upload_id>/", uploads.upload, name="upload"),
    path(ONE, recordings.recording, name="recording"),
    path(f"{ONE}recording.mp4", playback.recording_mp4, name="recording-mp4"),
    path(f"{ONE}recording.webm", playback.recording_webm, name="recording-webm"),
    path(f"{ONE}audio", playback.recording_audio, name="recording-audio"),
    path(f"{ONE}poster.jpg", posters.recording_poster, name="recording-poster"),
    path(f"{ONE}download", downloads.recording_download, name="recording-download"),
    path(f"{ONE}original", downloads.recording_original, name="recording-original"),
]
