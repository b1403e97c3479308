"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from teduh.config.door import door

os.umask(0o077)  # databases and files are their owner's alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
application = door(get_wsgi_application())
