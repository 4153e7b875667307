"""The WSGI entry for gunicorn: `gunicorn diemcau.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
application = get_wsgi_application()
