"""Who gives help: providers, and which services each offers."""

from typing import ClassVar, Self

from django.db import models

from teduh.access.models import Agency


class ProviderQuery(models.QuerySet["Provider"]):
    """Providers, by what they give."""

    def offering(self, service: str) -> Self:
        """Those that give this service now (code list 4.9)."""
        return self.filter(active=True, offers__service=service, offers__active=True).distinct()


class Provider(models.Model):
    """A hospital, an aid office, a shelter: one that gives services, always free to the survivor.

    `agency`: its institution here, where its people have accounts. `secret`: a place whose address
    and area nobody outside may learn; its row holds neither (a shelter). `contact`: whom to ask for.
    """

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("code", "name", "kind", "agency", "secret", "active"), "open"),
        **dict.fromkeys(("area_code", "address", "phone", "verified_on"), "open"),
        "contact": "personal",
    }

    code = models.CharField(max_length=16, unique=True)  # PYD-XXXX
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)  # agency type, code list 4.10
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="providers"
    )
    secret = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    area_code = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    verified_on = models.DateField(null=True, blank=True)  # somebody asked whether it all holds

    objects = ProviderQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(secret=False) | models.Q(address="", area_code=""),
                name="directory_secret_provider_has_no_place",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Offer(models.Model):
    """One service that a provider gives; `a_day`: how many it can take in a day, where it said so."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("provider", "service", "a_day", "active"), "open"
    )

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="offers")
    service = models.CharField(max_length=20, db_index=True)  # code list 4.9
    a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["service", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "service"], name="directory_offer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.service}"
