"""The sealed forms of a case at the table, as melati's browser sends them."""

from datetime import timedelta

from django.urls import reverse

from tests.factories.cases import CaseOffice, sealed_item
from tests.factories.conferences import DAY, at_table, under_way, wish
from tests.factories.sealed import Of, Sends, Sent, text


def said(name: str, what: str, *, agency: bool = False, **told: object) -> Sends:
    """A form of the case about which the police speak now."""

    def sent(at: CaseOffice) -> Sent:
        table = under_way(at_table(at))
        wish(table)
        names = [table.case.code, table.conference.code]
        there = [*names, table.police.code] if agency else names
        words = text(sealed_item(table.case, f"conferences.{what}"))
        return reverse(f"conferences:{name}", args=there), {"sealed": words, **told}

    return sent


DUE = f"{DAY + timedelta(days=7)}"
CONFERENCES = {
    "table": Of(
        "conferences/item.html",
        (
            said("wishes", "item.wishes"),
            said("contribute", "contribution.legal", agency=True),
            said("decide", "decision.legal", agency=True, doing="patrol", due=DUE),
            said("danger", "danger.note", whose="survivor", kind="violence"),
            said("minutes", "item.minutes"),
        ),
    ),
}
