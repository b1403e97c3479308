"""A shelter in the directory: a provider with a name and no place."""

import secrets
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Provider
from teduh.lib.codes import CROCKFORD


@transaction.atomic
def enter_shelter(*, by: Member, name: str, at: datetime) -> Provider:
    """Write down a shelter of the member's own agency; it offers nothing by referral: a place in it is
    found by its rooms. Raises Forbidden.
    """
    if not by.may(Right.KEEP_SHELTER):
        raise Forbidden(Right.KEEP_SHELTER)
    code = _new_code()
    row = Provider.objects.create(code=code, name=name, kind="uptd", agency=by.agency, secret=True)
    record(by=by.actor, verb="shelter.opened", subject=code, at=at)
    return row


def _new_code() -> str:
    while True:
        code = "PYD-" + "".join(secrets.choice(CROCKFORD) for _place in range(4))
        if not Provider.objects.filter(code=code).exists():
            return code
