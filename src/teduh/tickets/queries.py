"""Reading tickets."""

from django.conf import settings

from teduh.tickets import rules
from teduh.tickets.models import StageReached, Ticket

_NOBODY = "0" * 64


def opened_by(number: str, auth: bytes) -> Ticket | None:
    """The ticket, if `auth` opens it. Unknown number and wrong code cost and answer the same."""
    ticket = Ticket.objects.filter(number=number).first()
    fits = rules.same_auth(ticket.auth if ticket else _NOBODY, auth, settings.TEDUH_PEPPER)
    return ticket if ticket and fits else None


def named(number: str) -> Ticket | None:
    """The ticket with this number, for the office."""
    return Ticket.objects.filter(number=number).first()


def way(ticket: Ticket) -> list[StageReached]:
    """The stages this ticket has come to, first to last, as its holder may see them."""
    reached = list(ticket.reached.order_by("id"))
    if ticket.own:
        return reached
    return [step for step in reached if step.stage in rules.STAGES_FOR_OTHERS]
