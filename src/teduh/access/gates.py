"""What stands before a view: the right it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseBase

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import Right

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def member_of(request: HttpRequest) -> Member:
    """The member who asks; raises Forbidden for anybody not signed in."""
    if not isinstance(request.user, Member):
        raise Forbidden
    return request.user


def needs(
    *rights: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Let a view run only for members who hold one of these rights; raises Forbidden."""

    def gate(
        view: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(view)
        def inside(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            member = member_of(request)
            if not any(member.may(right) for right in rights):
                raise Forbidden
            return view(request, *args, **kwargs)

        return inside

    return gate
