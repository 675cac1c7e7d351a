"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from . import checks  # noqa: E402 - needs the settings

checks.refuse_to_start_unsafe()
