"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - made ready above

from pocketlessons.lib.collector import spare_what_stays  # noqa: E402
from pocketlessons.lib.http.silence import close_silent_connections  # noqa: E402
from pocketlessons.media.processing.pool import warm_pool  # noqa: E402 - needs the settings

warm_pool()
close_silent_connections(after_seconds=settings.SILENCE_SECONDS)
spare_what_stays()
