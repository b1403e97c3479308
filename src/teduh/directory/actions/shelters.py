"""A shelter in the directory: a provider with a name and no place."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.directory.models import Provider
from teduh.lib.codes import new_provider


@transaction.atomic
def enter_shelter(*, by: Member, name: str, at: datetime) -> Provider:
    """Write down a shelter of the member's own agency; it offers nothing by referral: a place in it is
    found by its rooms. Raises Forbidden.
    """
    if not by.may(Right.KEEP_SHELTER):
        raise Forbidden(Right.KEEP_SHELTER)
    code = new_provider()
    row = Provider.objects.create(code=code, name=name, kind="uptd", agency=by.agency, secret=True)
    record(by=by.actor, verb="shelter.opened", subject=code, at=at)
    return row
