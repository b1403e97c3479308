"""Sessions whose cookie stands in no table: a copied database opens nobody's session.

Requests of one session run beside each other. Each writes only what it changed itself: what another
has put in or taken out meanwhile stays so (decision 42).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from teduh.access.rules import merged

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


@contextmanager
def held(request: HttpRequest) -> Iterator["SessionStore"]:
    """The session as it stands, nobody else's until the block ends; kept then.

    Raises SessionInterrupted where it ended meanwhile.
    """
    session = request.session
    assert isinstance(session, SessionStore)
    with transaction.atomic():
        session.catch_up()
        yield session
        if session.modified:
            session.save()


class SessionStore(db.SessionStore):
    """Django's, but for the name of the row, that it knows how old it is, and what it writes."""

    _session: dict[str, Any]  # Django's own, which its types leave out
    _until: datetime | None = None  # when it would end, had nobody come
    _stored: str | None = None  # the row's data as this request last read or wrote them
    _day_only = False  # whether the next saving is for the day of its end alone

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        longest = now + timedelta(seconds=settings.SESSION_COOKIE_AGE) + SLACK
        found = Session.objects.filter(
            session_key=row_key(self.session_key), expire_date__gt=now, expire_date__lte=longest
        ).first()
        if found is None:
            self._session_key = None
        else:
            self._until, self._stored = found.expire_date, found.session_data
        return found

    def to_renew(self) -> bool:
        """Whether it was saved longer ago than `FRESH`, and ends too soon unless it is saved again."""
        renewed = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self._until is not None and renewed - self._until > FRESH

    def renew(self) -> None:
        """Have it saved; where this request changed nothing, only the day of its end is written."""
        self._day_only = not self.modified
        self.modified = True

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie is there."""
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is saved."""
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's own
        """Keep what this request changed. Raises SessionInterrupted where it ended meanwhile."""
        if self.session_key is None:
            self.create()
        elif must_create:
            self._insert()
        else:
            with transaction.atomic():
                self._update()
            self.modified = self._day_only = False

    def catch_up(self) -> None:
        """Hold the row until the transaction ends, and take over what others have written in it.

        Raises SessionInterrupted where the session ended meanwhile.
        """
        row = self._living().select_for_update().first()
        if row is None:
            raise SessionInterrupted
        if row.session_data != self._stored:
            theirs = self.decode(row.session_data)
            # Whoever emptied it unread means all of it.
            base = theirs if self._stored is None else self.decode(self._stored)
            # As it would be stored: a tuple is a list there.
            ours = self.decode(self.encode(self._session))
            self._session_cache = merged(base, ours, theirs)
            self._stored = row.session_data

    def cycle_key(self) -> None:
        """Go on under a new key, with what others have written under the old one.

        Raises SessionInterrupted where the session ended meanwhile: it does not live again.
        """
        data, old = self._session, self.session_key
        with transaction.atomic():
            if old and not self._living().filter(session_data=self._stored).delete()[0]:
                self.catch_up()
                data = self._session
                self.delete(old)
            self.create()
        self._session_cache = data

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this cookie, or this one."""
        Session.objects.filter(session_key=row_key(session_key or self.session_key)).delete()

    def _living(self) -> QuerySet[Session]:
        return Session.objects.filter(
            session_key=row_key(self.session_key), expire_date__gt=timezone.now()
        )

    def _insert(self) -> None:
        row = self.create_model_instance(self._get_session(no_load=True))  # type: ignore[attr-defined]  # as above
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise CreateError from error
        self._until, self._stored = row.expire_date, row.session_data

    def _update(self) -> None:
        until = self.get_expiry_date()
        if self._day_only:
            if not self._living().update(expire_date=until):
                raise SessionInterrupted
        else:
            self._update_data(until)
        self._until = until

    def _update_data(self, until: datetime) -> None:
        data = self.encode(self._session)  # reads it first where nobody has
        unchanged = self._living().filter(session_data=self._stored)
        if not unchanged.update(session_data=data, expire_date=until):
            self.catch_up()
            data = self.encode(self._session)
            self._living().update(session_data=data, expire_date=until)
        self._stored = data
