"""The door for a WSGI server."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from teduh.config.door import door

# Seconds until a thread that works lets another one in. With Python's own 5 ms whoever holds the turn
# to write waits so long after each statement: 16 senders at once got 60 reports a second kept, now 100.
sys.setswitchinterval(0.0005)
os.umask(0o077)  # databases and files are their owner's alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
application = door(get_wsgi_application())
# What is loaded now stays: looking through it for garbage cost an eighth of each report. A request
# makes some thousand objects, and nearly all go by themselves.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
