"""Unit keys and what must outlive a rollback live in a database of their own."""

from typing import Any

APART = "vault"  # the only room with tables in the second database


class ShredRouter:
    """Sends vault.UnitKey to "shred" (sealing.md 6), and what is noted before a file is written."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        """Where a model is read."""
        return "shred" if _apart(model._meta.app_label, model._meta.model_name) else "default"  # noqa: SLF001  Django's own name

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **_hints: Any
    ) -> bool:
        """Each table in one database only."""
        return _apart(app_label, model_name) == (db == "shred")


def _apart(app_label: str, model_name: str | None) -> bool:
    return app_label == APART and model_name in {"unitkey", "arriving"}
