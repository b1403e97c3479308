"""Reading tickets."""

from django.conf import settings

from teduh.lib.prepared import Prepared
from teduh.tickets import rules
from teduh.tickets.models import Ticket

_NOBODY = "0" * 64


def opened_by(number: str, auth: bytes) -> Ticket | None:
    """The ticket, if `auth` opens it. Unknown number and wrong code cost and answer the same."""
    ticket = _NAMED.first(number=number)
    fits = rules.same_auth(ticket.auth if ticket else _NOBODY, auth, settings.TEDUH_PEPPER)
    return ticket if ticket and fits else None


def opens(ticket: Ticket, auth: bytes) -> bool:
    """Whether `auth` opens this ticket."""
    return rules.same_auth(ticket.auth, auth, settings.TEDUH_PEPPER)


def locked(number: str) -> Ticket:
    """The ticket, held until the end of the transaction. Raises Ticket.DoesNotExist."""
    return Ticket.objects.select_for_update().get(number=number)


def named(number: str) -> Ticket | None:
    """The ticket with this number, for the office."""
    return _NAMED.first(number=number)


def way(ticket: Ticket) -> list[rules.Reached]:
    """The stages this ticket has come to, first to last, as its holder may see them."""
    reached = [rules.Reached(step.stage, step.day) for step in ticket.reached.order_by("id")]
    return reached if ticket.own else rules.way_of_others(reached)


_NAMED = Prepared(lambda number: Ticket.objects.filter(number=number), number=str)
