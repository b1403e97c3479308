"""Cases that ended before there was an archive rest in it from the day they ended."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def rest(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """As cases.actions.working.go does it since: the case, those merged into it, their tickets."""
    case_, told, resting = (
        apps.get_model("cases", "Case"),
        apps.get_model("cases", "Told"),
        apps.get_model("vault", "Resting"),
    )
    ended = case_.objects.filter(
        closed_day__isnull=False, merged_into=None, erased_day__isnull=True
    )
    for case in ended.iterator():
        codes = [case.code, *case_.objects.filter(merged_into=case).values_list("code", flat=True)]
        tickets = told.objects.filter(case=case).values_list("report__ticket__number", flat=True)
        for subject in [*codes, *tickets]:
            resting.objects.get_or_create(
                subject=subject, defaults={"team_code": case.team_code, "since": case.closed_day}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0019_going"),
        ("vault", "0011_archive"),
    ]

    operations = [migrations.RunPython(rest, migrations.RunPython.noop, elidable=True)]
