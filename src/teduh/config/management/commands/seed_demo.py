"""`manage.py seed_demo --reports N`: more fictional reports, for measurements."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from teduh.config import (
    demo,
    demo_care,
    demo_cases,
    demo_conferences,
    demo_directory,
    demo_health,
    demo_letters,
    demo_money,
    demo_records,
    demo_referrals,
    demo_reports,
    demo_shelter,
    demo_talks,
    demo_visits,
)


class Command(BaseCommand):
    """Add reports to the demo office; about 15 ms of CPU each."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many reports."""
        parser.add_argument("--reports", type=int, default=demo_reports.REPORTS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make tables and office if there are none, then the reports."""
        if not settings.TEDUH_DEMO:
            raise CommandError("Fictional reports belong to the demo only: TEDUH_DEMO=1.")
        demo.lay_tables()
        demo.load()
        demo_reports.seed(options["reports"], timezone.now())
        demo_cases.seed(timezone.now())
        demo_directory.seed(timezone.now())
        demo_records.seed(timezone.now())
        demo_referrals.seed(timezone.now())
        demo_money.seed(timezone.now())
        demo_shelter.seed(timezone.now())
        demo_care.seed(timezone.now())
        demo_health.seed(timezone.now())
        demo_letters.seed(timezone.now())
        demo_conferences.seed(timezone.now())
        demo_talks.seed(timezone.now())
        demo_visits.seed(timezone.now())
        self.stdout.write(f"{options['reports']} reports made")
