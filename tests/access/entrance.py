"""Coming in as people do: the pages of sign-in, and what is typed there."""

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from teduh.access.models import Member
from tests.factories import code_now
from tests.factories.access import PASSWORD

LOGIN = "/kantor/akun/login/"
CODE = "/kantor/akun/2fa/"


def typed(client: Client, member: Member, password: str = PASSWORD) -> object:
    """The answer to an address and a password."""
    return client.post(LOGIN, {"login": member.email, "password": password})


def came_in(member: Member) -> Client:
    """A client that came in as people do, so that the sign-in is written down."""
    client = Client()
    typed(client, member)
    member.authenticator_set.update(data=Authenticator.objects.get(user=member).data | {"step": 0})
    cache.clear()
    assert client.post(CODE, {"code": code_now()}).status_code == 302
    return client
