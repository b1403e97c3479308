"""Sessions whose cookie stands in no table: a copied database opens nobody's session."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

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
    """Django's, but for the name of the row."""

    def _get_session_from_db(self) -> Session | None:
        found = Session.objects.filter(
            session_key=row_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie is there."""
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row as it is saved."""
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this cookie, or this one."""
        Session.objects.filter(session_key=row_key(session_key or self.session_key)).delete()
