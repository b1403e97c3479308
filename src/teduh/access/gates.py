"""What stands before a view: the right it needs, and whether the same was sent before."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from teduh.access import actions
from teduh.access.models import Member
from teduh.access.once import once
from teduh.access.rules import Forbidden
from teduh.access.sessions import row_of
from teduh.access.words import Right

POLLED = "polled"  # what a request is marked with that no person made
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def member_of(request: HttpRequest) -> Member:
    """The member who asks; raises Forbidden for anybody not signed in."""
    if not isinstance(request.user, Member):
        raise Forbidden
    return request.user


def go_on(request: HttpRequest) -> None:
    """Let this session outlive what has just ended all others, under a new key and a new mark."""
    old = row_of(request)
    update_session_auth_hash(request, member_of(request))
    actions.move_sign_in(old=old, new=row_of(request))


def needs(
    *rights: Right,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], R]],
    Callable[Concatenate[HttpRequest, P], R | HttpResponse],
]:
    """Let a view run only for members who hold one of these rights; raises Forbidden.

    A form that its browser sends again is answered as the first time.
    """

    def gate(
        view: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
        @wraps(view)
        def inside(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
            member = member_of(request)
            if not any(member.may(right) for right in rights):
                raise Forbidden
            return once(request, member, partial(view, request, *args, **kwargs))

        return inside

    return gate


def polled(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view that a page asks by itself: it keeps nobody signed in (sealing.md 3)."""

    @wraps(view)
    def inside(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        setattr(request, POLLED, True)
        return view(request, *args, **kwargs)

    return inside
