"""Who gives help: providers, what each offers, when and where, and what was agreed with it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from teduh.access.models import Agency
from teduh.directory.words import SAFE_PLACE


class ProviderQuery(models.QuerySet["Provider"]):
    """Providers, by what they give, where and when."""

    def offering(self, service: str) -> Self:
        """Those that give this service now (code list 4.9)."""
        return self.filter(
            Exists(Offer.objects.filter(provider=OuterRef("pk"), service=service, active=True)),
            active=True,
        )

    def serving(self, area: str) -> Self:
        """Those that serve a kelurahan: it is named, or none is and they serve the whole city."""
        served = Served.objects.filter(provider=OuterRef("pk"))
        return self.filter(Exists(served.filter(area_code=area)) | ~Exists(served))

    def open_at(self, weekday: int, minute: int) -> Self:
        """Those whose hours say that they are open at a minute of a weekday (0 is Monday)."""
        return self.filter(
            Exists(
                Opening.objects.filter(
                    provider=OuterRef("pk"), weekday=weekday, opens__lte=minute, closes__gt=minute
                )
            )
        )

    def speaking(self, language: str) -> Self:
        """Those that speak a language."""
        return self.filter(languages__contains=f" {language} ")

    def fit_for(self, access: str) -> Self:
        """Those that offer this help to whoever has a disability (code list 4.17)."""
        return self.filter(access__contains=f" {access} ")


class Provider(models.Model):
    """A hospital, an aid office, a shelter: one that gives services, always free to the survivor.

    `agency`: its institution here, where its people have accounts. `secret`: a place whose address
    and area nobody outside may learn; its row holds neither (a shelter), and only who keeps the list
    reads its name. `public`: it stands on the page for everybody. `contact`: whom to ask for.
    `languages`, `access`: codes, with a space before and after each.
    """

    privacy: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("code", "name", "kind", "agency", "secret", "public", "active"), "open"),
        **dict.fromkeys(("area_code", "address", "phone", "verified_on"), "open"),
        **dict.fromkeys(("languages", "access"), "open"),
        "contact": "personal",
    }

    code = models.CharField(max_length=16, unique=True)  # PYD-XXXX-XXXX
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)  # agency type, code list 4.10
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="providers"
    )
    secret = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    area_code = models.CharField(max_length=13, blank=True)
    address = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    access = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField(null=True, blank=True)  # somebody asked whether it all holds

    objects = ProviderQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(secret=False) | Q(address="", area_code=""),
                name="directory_secret_provider_has_no_place",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(public=False),
                name="directory_secret_provider_is_not_public",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> str:
        """What it is called before everybody who does not keep the list."""
        return str(SAFE_PLACE) if self.secret else self.name


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


class Opening(models.Model):
    """A span of a weekday in which a provider is open; a night is two of them.

    `weekday`: 0 is Monday. `opens`, `closes`: minutes since midnight in the city, 1440 its end.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("provider", "weekday", "opens", "closes"), "open"
    )

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "weekday", "opens"], name="directory_opening_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, opens__lt=models.F("closes"), closes__lte=1440),
                name="directory_opening_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.weekday} {self.opens}-{self.closes}"


class Served(models.Model):
    """A kelurahan that a provider serves; one with none serves the whole city."""

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("provider", "area_code"), "open")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="served")
    area_code = models.CharField(max_length=13)

    class Meta:
        ordering: ClassVar = ["area_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "area_code"], name="directory_served_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.area_code}"


class Memorandum(models.Model):
    """What was agreed in writing with a provider: its number and the days it holds, both included.

    `reminded_on`: whoever keeps the list was told that it ends.
    """

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("provider", "number", "since", "until", "reminded_on"), "open"
    )

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="memoranda")
    number = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(db_index=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-until", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "number"], name="directory_memorandum_once"
            ),
            models.CheckConstraint(
                condition=Q(since__lte=models.F("until")), name="directory_memorandum_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.number}"
