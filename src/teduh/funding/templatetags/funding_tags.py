"""Rupiah as people write them, and what became of a line's money as a bar."""

from django import template

from teduh.funding.rules import Balance, shares

register = template.Library()


@register.filter
def rupiah(amount: int) -> str:
    """An amount as Indonesians write it in every language: Rp1.500.000."""
    return f"Rp{amount:,}".replace(",", ".")


@register.inclusion_tag("funding/parts/bar.html")
def money(balance: Balance) -> dict[str, object]:
    """Paid, promised and left of what was planned, as one bar; the numbers stand beside it."""
    spent, committed, _left = shares(balance)
    return {"spent": spent, "committed": committed}
