"""What the measurements go by measures what it says."""

from pathlib import Path

import pytest
from django.db import connection

from tests.bench.databases import spent

TURNS = 300_000
COUNTED = f"""
    WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {TURNS})
    SELECT count(*) FROM turn
"""


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the kernel does not say")
@pytest.mark.django_db
def test_a_database_at_work_for_us_is_counted_in_whatever_process_it_runs() -> None:
    with connection.cursor() as cursor:
        before = spent()
        cursor.execute(COUNTED)
        assert cursor.fetchone() == (TURNS,)
    took = spent().since(before)
    assert took.cpu > 0.01  # seconds; whoever sends a statement and waits needs a tenth of that
