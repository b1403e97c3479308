"""`manage.py verify_audit`: prove the trail, or name the first broken row."""

from django.core.management.base import BaseCommand, CommandError

from teduh.audit import actions, queries


class Command(BaseCommand):
    """Walks the whole chain."""

    help = "Prove the audit trail; names the first broken row and ends non-zero."

    def handle(self, *args: object, **options: object) -> None:
        """Print the head, or raise CommandError with the number of the broken row."""
        broken = actions.verify()
        if broken is not None:
            raise CommandError(f"row {broken.number}: {broken.why}")
        number, head = queries.head()
        self.stdout.write(f"{number} rows, head {head}")
