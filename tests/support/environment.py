"""The surroundings of every test, set before Django reads its settings (a pytest plugin).

Each process has its own folder for files; it is gone when the process ends.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.support import shelf

own_folder = Path(tempfile.mkdtemp(prefix="teduh-test-"))
atexit.register(shutil.rmtree, own_folder, ignore_errors=True)
# A folder, a secret or a database of a real house may stand in the shell that starts the tests.
for name in [name for name in os.environ if name.startswith("TEDUH_")]:
    if name not in {
        "TEDUH_DATABASE_URL",
        "TEDUH_SHRED_DATABASE_URL",
        "TEDUH_CHROMIUM",
        "TEDUH_LONG",
        shelf.PLACE,
    }:
        del os.environ[name]
os.environ["TEDUH_DEMO"] = "1"
os.environ["TEDUH_VAR"] = str(own_folder)
shelf.open_in(own_folder)

# A machine with other work to do is no fault of a rule.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
