"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pocketlessons.config.settings")
application = get_wsgi_application()

from pocketlessons.media.processing.pool import warm_pool  # noqa: E402 - needs the settings

warm_pool()
