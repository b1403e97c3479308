"""Django's command line for Teduh."""

import os
import resource
import sys
from pathlib import Path


def main() -> None:
    """Run one management command; what it makes on disk is its owner's alone, and no core dump."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # of a server, of the hour keys are made
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teduh.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
