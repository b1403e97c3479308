"""Whose hand acts, and over whom."""

from teduh.access import rules
from teduh.access.models import Member
from teduh.access.roles import rights_of
from teduh.access.words import Right
from teduh.lib.actors import Actor, ActorKind


def may(by: Actor, right: Right) -> Member | None:
    """The member behind the actor, holding the right; commands need none. Raises Forbidden."""
    if by.kind == ActorKind.COMMAND:
        return None
    member = Member.objects.get_queryset().filter(code=by.code).first()
    if by.kind != ActorKind.MEMBER or member is None or not member.may(right):
        raise rules.Forbidden
    return member


def may_hand_on(by: Actor, by_right: Right, given: frozenset[Right]) -> None:
    """Whether the actor may give these rights, by a role they hold; commands may.

    Raises Forbidden, BeyondAgency.
    """
    if by.kind == ActorKind.COMMAND:
        return
    giver = Member.objects.get_queryset().filter(code=by.code).first()
    standing = rights_of(giver.role_codes()) if giver else frozenset()
    if giver is None or by_right not in standing:
        raise rules.Forbidden
    rules.may_hand_on(given, own=standing, oversees_all=giver.oversees_all)


def may_over(by: Actor, right: Right, member: Member) -> None:
    """As may, over a member one may see and who is somebody else. Raises OwnRights, Forbidden."""
    acting = may(by, right)
    if acting is None:
        return
    if acting.pk == member.pk:
        raise rules.OwnRights
    if not Member.objects.visible_to(acting).filter(pk=member.pk).exists():
        raise rules.Forbidden
