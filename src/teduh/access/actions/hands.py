"""Whose hand acts, and over whom."""

from teduh.access import rules
from teduh.access.models import Member
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


def may_over(by: Actor, right: Right, member: Member) -> None:
    """As may, over a member one may see and who is somebody else. Raises OwnRights, Forbidden."""
    acting = may(by, right)
    if acting is None:
        return
    if acting.pk == member.pk:
        raise rules.OwnRights
    if not Member.objects.visible_to(acting).filter(pk=member.pk).exists():
        raise rules.Forbidden
