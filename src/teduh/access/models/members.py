"""Agencies, teams, members: who there is."""

from collections import defaultdict
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, QuerySet, Value
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from teduh.access.roles import rights_of, roles_with
from teduh.access.rules import ARCHIVES
from teduh.access.words import AgencyKind, Right, TeamKind
from teduh.lib.actors import Actor, ActorKind
from teduh.lib.prepared import Prepared


class Agency(models.Model):
    """An institution whose people work with Teduh."""

    privacy: ClassVar[dict[str, str]] = {
        "code": "open",
        "name": "open",
        "kind": "open",
        "area_code": "open",
        "active": "open",
    }

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=AgencyKind.choices)
    area_code = models.CharField(max_length=13, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamQuery(models.QuerySet["Team"]):
    """Teams; reading starts at visible_to."""

    def visible_to(self, member: "Member") -> Self:
        """Teams of one's own agency; of all agencies for those who manage the office's members."""
        if member.oversees_all:
            return self
        return self.filter(agency_id=member.agency_id)

    def active(self) -> Self:
        """Teams that still work."""
        return self.filter(active=True, agency__active=True)


class Team(models.Model):
    """People who share keys and duty, and the telephone that goes with duty from hand to hand."""

    privacy: ClassVar[dict[str, str]] = {
        "code": "open",
        "name": "open",
        "kind": "open",
        "agency": "open",
        "active": "open",
        "on_call": "sealed",
    }

    code = models.SlugField(max_length=24, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=TeamKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    active = models.BooleanField(default=True)
    on_call = models.BinaryField(blank=True, default=b"")

    objects = TeamQuery.as_manager()

    class Meta:
        ordering = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=kind, code=code) | ~Q(kind=kind) & ~Q(code=code),
                name=f"access_{kind}_named",
            )
            for kind, code in zip((TeamKind.ARCHIVE_A, TeamKind.ARCHIVE_B), ARCHIVES, strict=True)
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuery(models.QuerySet["Member"]):
    """Members; reading starts at visible_to."""

    def visible_to(self, member: "Member") -> Self:
        """Colleagues of one's own agency; everybody for those who manage the office's members."""
        if member.oversees_all:
            return self
        return self.filter(agency_id=member.agency_id)

    def active(self) -> Self:
        """Members who may sign in."""
        return self.filter(active=True)

    def free_for(self, subject: str) -> Self:
        """Those whom no conflict of interest keeps from a subject; everybody where none is named."""
        if not subject:
            return self
        kept = Q(conflicts__subject=subject, conflicts__lifted_day__isnull=True)
        return self.exclude(pk__in=self.model.objects.get_queryset().filter(kept).values("pk"))

    def holding(self, right: Right, at: datetime) -> Self:
        """Members who hold a right at `at`, by a role or for a few hours."""
        open_end = Q(roles_held__until__isnull=True) | Q(roles_held__until__gt=at)
        by_role = Q(roles_held__role__in=roles_with(right), roles_held__since__lte=at) & open_end
        lent = Q(
            elevations__right=right,
            elevations__approved=True,
            elevations__decided_at__lte=at,
            elevations__until__gt=at,
        )
        return self.filter(by_role | lent).distinct()


class MemberManager(BaseUserManager["Member"]):
    """Django's sign-in looks members up here; writing is in actions."""

    def get_queryset(self) -> MemberQuery:
        """All members."""
        return MemberQuery(self.model, using=self._db)

    def visible_to(self, member: "Member") -> MemberQuery:
        """Members this member may see."""
        return self.get_queryset().visible_to(member)

    def active(self) -> MemberQuery:
        """Members who may sign in."""
        return self.get_queryset().active()

    def get_by_natural_key(self, username: str | None) -> "Member":
        """The member with this e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """One person who signs in. Rights come from roles held now and elevations running now."""

    privacy: ClassVar[dict[str, str]] = {
        "code": "open",
        "email": "personal",
        "name": "personal",
        "agency": "open",
        "active": "open",
        "password": "personal",
        "last_login": "personal",
        "sessions_since": "open",
        "invited_by": "open",
        "joined_at": "open",
    }

    code = models.CharField(max_length=12, unique=True)
    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="members")
    active = models.BooleanField(default=True)
    sessions_since = models.PositiveIntegerField(default=0)
    invited_by = models.CharField(max_length=12, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = MemberManager()

    class Meta:
        ordering = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rights: frozenset[Right] | None = None
        self._teams: set[str] | None = None
        self._barred: frozenset[str] | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's name for `active`
        """Whether this member may sign in at all."""
        return self.active

    @property
    def actor(self) -> Actor:
        """This member as the hand that acts."""
        return Actor(ActorKind.MEMBER, self.code)

    @property
    def oversees_all(self) -> bool:
        """Whether this member manages the members of every agency, from the office itself."""
        return self.may(Right.MANAGE_MEMBERS) and self.agency.kind == AgencyKind.OFFICE

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with every deactivation: old sessions then end."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Any:
        """The same under older server secrets."""
        from django.conf import settings

        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        value = f"{self.password}\0{self.sessions_since}"
        return salted_hmac("teduh.access.session", value, secret, algorithm="sha256").hexdigest()

    def role_codes(self, at: datetime | None = None) -> set[str]:
        """Codes of the roles held at `at` (now, when left out)."""
        held = self.roles_held.running(at or timezone.now())
        return set(held.values_list("role", flat=True))

    def rights(self, at: datetime | None = None) -> frozenset[Right]:
        """Every right held now, from roles and from elevations somebody else approved."""
        if self._rights is not None and at is None:
            return self._rights
        moment = at or timezone.now()
        raised = self.elevations.running(moment).values_list("right", flat=True)
        return rights_of(self.role_codes(moment)) | {Right(one) for one in raised}

    def remember_rights(self) -> None:
        """Look rights, teams and conflicts up once for one request, in one statement."""
        found = defaultdict(set)
        for field, code in _HELD(member=self.pk, at=timezone.now()):
            found[field].add(code)
        self._rights = rights_of(found["role"]) | {Right(one) for one in found["right"]}
        self._teams, self._barred = found["team__code"], frozenset(found["subject"])

    def may(self, right: Right | str) -> bool:
        """Whether this member holds the right now; somebody inactive holds none."""
        return self.active and Right(right) in self.rights()

    def barred(self) -> frozenset[str]:
        """Subjects that a conflict of interest keeps this member from, tickets and cases."""
        if self._barred is not None:
            return self._barred
        found = frozenset(self.conflicts.standing().values_list("subject", flat=True))
        if self._rights is not None:
            self._barred = found
        return found

    def team_codes(self, at: datetime | None = None) -> set[str]:
        """Codes of the teams this member sits in now."""
        if at is None and self._teams is not None:
            return self._teams
        seats = self.seats.running(at or timezone.now()).filter(team__active=True)
        return set(seats.values_list("team__code", flat=True))


def _held(member: int, at: datetime) -> QuerySet[Any, tuple[str, str]]:
    """Roles, rights lent, teams and conflicts of a member, each beside what it is."""
    one = Member(pk=member)
    first, *others = (
        rows.order_by().values_list(Value(field), field)
        for field, rows in (
            ("role", one.roles_held.running(at)),
            ("right", one.elevations.running(at)),
            ("team__code", one.seats.running(at).filter(team__active=True)),
            ("subject", one.conflicts.standing()),
        )
    )
    return first.union(*others, all=True)


_HELD = Prepared(_held, member=int, at=datetime)
