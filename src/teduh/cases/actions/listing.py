"""What the team's list shows of a case: the names of its survivors, sealed."""

from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.cases import queries
from teduh.cases.actions.guard import of_the_team
from teduh.cases.models import Case
from teduh.cases.rules import ChangedMeanwhile
from teduh.vault import actions as vault
from teduh.vault.keywork import MadeList
from teduh.vault.packages import SealedItem


@transaction.atomic
def show_in_list(
    *, by: Member, case: Case, card: SealedItem, made: MadeList | None, made_of: str, at: datetime
) -> None:
    """Keep the card of a case; `made_of`: the items of the survivors it was made of, by name.

    Raises Forbidden, ChangedMeanwhile where somebody mended one of them since, vault.rules.Refused.
    """
    fresh = of_the_team(by, case, at)
    if not made_of or made_of != queries.listed_as(queries.people_of(fresh)):
        raise ChangedMeanwhile
    vault.keep_card(
        by=by,
        team=fresh.team_code,
        subject=fresh.code,
        card=card,
        made=made,
        made_of=made_of,
        at=at,
    )
