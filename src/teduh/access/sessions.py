"""Sessions whose cookie stands in no table: a copied database opens nobody's session."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from teduh.lib.outages import OUT_OF_ORDER

# A session that would last longer than any may was begun before the clock went back: it would live
# again, however long ago it idled out. Small corrections of the clock end nobody's work.
SLACK = timedelta(minutes=5)
# Counted to the minute: else every page that is only read waits for a write to the disk.
FRESH = timedelta(minutes=1)
LENGTH = 40  # hex digits, 160 bits: what the column of Django's session table holds


def row_key(cookie: str | None) -> str:
    """The name of a session's row; empty without a session."""
    return (
        hashlib.sha256(b"teduh/session\0" + cookie.encode()).hexdigest()[:LENGTH] if cookie else ""
    )


def row_of(request: HttpRequest) -> str:
    """The name of the row of this request's session."""
    return row_key(request.session.session_key)


class SessionStore(db.SessionStore):
    """Django's, but for the name of the row, and that it knows how old it is."""

    _until: datetime | None = None  # when it would end, had nobody come

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        longest = now + timedelta(seconds=settings.SESSION_COOKIE_AGE) + SLACK
        found = Session.objects.filter(
            session_key=row_key(self.session_key), expire_date__gt=now, expire_date__lte=longest
        ).first()
        if found is None:
            self._session_key = None
        else:
            self._until = found.expire_date
        return found

    def to_renew(self) -> bool:
        """Whether it was saved longer ago than `FRESH`, and ends too soon unless it is saved again."""
        renewed = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self._until is not None and renewed - self._until > FRESH

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie is there."""
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is saved."""
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's own
        """Keep the session. Raises UpdateError where it ended meanwhile, and only there."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OUT_OF_ORDER):
                raise error.__context__ from None
            raise

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this cookie, or this one."""
        Session.objects.filter(session_key=row_key(session_key or self.session_key)).delete()
