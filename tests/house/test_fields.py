"""Every field says whether it is open, personal or sealed."""

import pytest
from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("teduh.")]
SAYS = {"open", "personal", "sealed"}
# Tables of others, and why nothing in them needs a declaration of ours.
THEIRS = {
    "auth.group": "not used",
    "auth.permission": "not used: rights are words of access",
    "contenttypes.contenttype": "names of tables",
    "sessions.session": "encrypted by access.secrets.SealedSessions",
    "account.emailaddress": "not used: the member's own address is the sign-in",
    "account.emailconfirmation": "not used",
    "mfa.authenticator": "seeds encrypted by access.secrets; of passkeys the public half, and a name",
}


def own_fields(model: type[models.Model]) -> set[str]:
    """Names of the columns, without the key that numbers rows."""
    return {field.name for field in model._meta.concrete_fields if not field.primary_key}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model: type[models.Model]) -> None:
    declared: dict[str, str] = getattr(model, "privacy", {})
    assert set(declared) == own_fields(model)
    assert set(declared.values()) <= SAYS


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_sealed_field_holds_bytes(model: type[models.Model]) -> None:
    declared: dict[str, str] = getattr(model, "privacy", {})
    for name, says in declared.items():
        if says == "sealed":
            assert isinstance(model._meta.get_field(name), models.BinaryField)


def test_tables_of_others_are_known() -> None:
    others = {model._meta.label_lower for model in apps.get_models() if model not in OURS}
    assert others == set(THEIRS)
