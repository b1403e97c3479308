"""Pages that are installed by a tap: the text of their service worker."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse

WORKER = "lapangan-kerja.js"


def as_worker(page: str, addresses: Sequence[str], files: Sequence[str]) -> HttpResponse:
    """The worker that keeps these addresses; another page or another of these files is another text."""
    version = hashlib.sha256(page.encode() + b"".join(map(_bytes, files))).hexdigest()[:16]
    shell = json.dumps({"version": version, "addresses": list(addresses)})
    script = f"self.SHELL={shell};{_bytes(WORKER).decode()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def _bytes(name: str) -> bytes:
    """A file of ours as it lies among the static ones; nothing where it is not built."""
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else b""
