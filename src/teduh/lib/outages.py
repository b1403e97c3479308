"""How a database says that it cannot be reached, or takes nothing: full, read-only, restarted."""

from django.db import InterfaceError, InternalError, OperationalError

# Read-only and out of room are OperationalError on SQLite; PostgreSQL says InternalError to a
# write in a read-only transaction.
OUT_OF_ORDER = (OperationalError, InternalError, InterfaceError)
