"""An office made before certificates were kept: the one its newest list stands on is kept now.

Without it nobody could sign the next list until certify_officer was run with the root key.
"""

import json
import re
from datetime import date
from typing import Any

from django.db import migrations

NAME = re.compile(r"pejabat-(?P<member>[a-z0-9_-]+)\.[0-9a-f]{8}")


def keep(apps: Any, editor: Any) -> None:
    """Take certificate, officer and last day out of the newest list."""
    if editor.connection.alias != "default":
        return
    certificates = apps.get_model("vault", "Certificate").objects
    newest = apps.get_model("vault", "Manifest").objects.order_by("-serial").first()
    if newest is None or certificates.exists():
        return
    said = json.loads(bytes(newest.cert))
    officer = NAME.fullmatch(said["kid"])
    if officer:
        certificates.create(
            member_code=officer["member"],
            body=bytes(newest.cert),
            sig=bytes(newest.cert_sig),
            until=date.fromisoformat(said["until"]),
        )


class Migration(migrations.Migration):
    """Rows only."""

    dependencies = [("vault", "0004_withheld")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
