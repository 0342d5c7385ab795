"""What the web server loads."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leesbouw.core.memory import hold, settle

hold()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leesbouw.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every page is loaded before the first is asked for
settle()
