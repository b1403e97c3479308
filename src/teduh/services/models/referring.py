"""Referrals: one service asked of one provider, and every step it took."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from teduh.access.models import Agency
from teduh.cases.models import Case
from teduh.cases.rules import ENDED
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory.models import Provider
from teduh.records.models import Consent
from teduh.services.rules import ENDS, UNMET
from teduh.services.words import Reason, State, Told, Way
from teduh.sop.words import Band

ANSWERABLE = (State.SENT, State.SEEN)


OF_ENDED = Q(case__merged_into__isnull=True, case__state__in=ENDED) | Q(
    case__merged_into__state__in=ENDED
)


class ReferralQuery(models.QuerySet["Referral"]):
    """Referrals, by what is still to be done."""

    def running(self) -> Self:
        """With a partner, and not ended; so told that the index of these alone serves."""
        return self.filter(ended_at__isnull=True, sent_at__isnull=False)

    def unmet(self) -> Self:
        """Whose help has not begun, and nobody sought another or said why not."""
        return self.filter(waits_since__isnull=False)

    def of_going_on(self) -> Self:
        """Whose case goes on, itself or in another."""
        return self.exclude(OF_ENDED)

    def unanswered(self, at: datetime) -> Self:
        """Whose partner let the time of an answer pass."""
        return self.filter(ended_at__isnull=True, answer_by__lte=at, state__in=ANSWERABLE)


class Referral(models.Model):
    """One service asked of one provider for the survivor of a case.

    `agency`: the provider's here, as it was when it was sent: whose members answer. `consent`: under
    which parts of the case are shared with it; without one nothing sealed is shared, and `agreed_*`
    say who said yes to the asking itself. `needs`: codes of `words.Need` with a space between.
    `answer_by`: until when an answer is promised. `replaces`: the refused or silent one in whose
    place it is offered. `waits_since`: it came to nothing, and nobody has sought another;
    `settled_for`: why nobody seeks another any more. `ended_at`, `waits_since`: what SQLite can find
    by an index of these rows alone, as it cannot by their states.
    """

    code = models.CharField(max_length=13, unique=True)  # RJK-XXXX-XXXX
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    number = models.PositiveSmallIntegerField()  # within the case
    service = models.CharField(max_length=20)  # code list 4.9
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    needs = models.CharField(max_length=120, blank=True)
    band = models.CharField(max_length=8, choices=Band.choices)
    urgency = models.PositiveSmallIntegerField()  # place of the band, 0 the highest: for sorting
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFTED)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    agreed_by = models.CharField(max_length=8, choices=ConsentBy.choices, blank=True)
    agreed_how = models.CharField(max_length=8, choices=ConsentHow.choices, blank=True)
    agreed_day = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    served_day = models.DateField(null=True, blank=True)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_for = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("code", "case", "number", "service", "provider", "agency", "needs", "band"),
            *("urgency", "state", "reason", "consent", "agreed_by", "agreed_how", "agreed_day"),
            *(
                "sent_at",
                "answer_by",
                "served_day",
                "moved_at",
                "ended_at",
                "waits_since",
                "replaces",
            ),
            *("settled_at", "settled_for", "member"),
        ),
        "open",
    )

    objects = ReferralQuery.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(  # what a partner has before it
                fields=["agency", "urgency", "-sent_at"],
                condition=Q(ended_at__isnull=True, sent_at__isnull=False),
                name="services_ref_with_partner",
            ),
            models.Index(fields=["agency", "-moved_at"], name="services_ref_of_agency"),
            models.Index(
                fields=["answer_by"],
                condition=Q(ended_at__isnull=True),
                name="services_ref_to_answer",
            ),
            models.Index(  # what a consent or a case that ended may take back
                fields=["case"], condition=Q(ended_at__isnull=True), name="services_ref_open"
            ),
            models.Index(
                fields=["case"], condition=Q(waits_since__isnull=False), name="services_ref_unmet"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="services_ref_number"),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state=State.WITHDRAWN),
                name="services_ref_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDS), ended_at__isnull=False) & ~Q(reason="")
                | ~Q(state__in=sorted(ENDS)) & Q(reason="", ended_at__isnull=True),
                name="services_ref_end_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, state__in=[State.DRAFTED, State.WITHDRAWN])
                | Q(sent_at__isnull=False, answer_by__isnull=False) & ~Q(state=State.DRAFTED),
                name="services_ref_sent",
            ),
            models.CheckConstraint(  # nothing goes out without a yes, or a duty in its place
                condition=Q(sent_at__isnull=True)
                | Q(consent__isnull=False)
                | Q(agreed_day__isnull=False) & ~Q(agreed_by="") & ~Q(agreed_how=""),
                name="services_ref_agreed",
            ),
            models.CheckConstraint(
                condition=Q(waits_since__isnull=True) & ~Q(state__in=sorted(UNMET))
                | Q(waits_since__isnull=True, settled_at__isnull=False)
                | Q(waits_since__isnull=False, settled_at__isnull=True, state__in=sorted(UNMET)),
                name="services_ref_waits",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_for="")
                | Q(settled_at__isnull=False) & ~Q(settled_for=""),
                name="services_ref_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def home(self) -> Case:
        """The case that goes on with it: its own, or the one that was merged into."""
        return self.case.merged_into or self.case

    @property
    def ended(self) -> bool:
        """Whether nothing more moves it."""
        return self.state in ENDS

    @property
    def is_unmet(self) -> bool:
        """Whether it came to nothing, and nobody sought another or said why not."""
        return self.waits_since is not None


class ReferralStep(models.Model):
    """One step of a referral as it became known; never changed.

    `way`: how; `member`: who wrote it, none for a link and the clock; `told`: who said it on the
    telephone, and when, `told_at`; `day`: of the service itself.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=State.choices)
    at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    told = models.CharField(max_length=12, choices=Told.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    day = models.DateField(null=True, blank=True)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("referral", "state", "at", "way", "member", "told", "told_at", "reason", "day"), "open"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way=Way.PHONE, told_at__isnull=False) & ~Q(told="")
                | ~Q(way=Way.PHONE) & Q(told="", told_at__isnull=True),
                name="services_step_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.state}"
