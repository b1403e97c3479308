"""A supervisor's look at cases drawn at random."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.guard import supervising
from teduh.cases.models import Sample, SampleAnswer
from teduh.cases.words import FollowUp, Found, ReviewQuestion
from teduh.lib.timing import local_day

_drawn = secrets.SystemRandom()


@transaction.atomic
def draw_samples(*, by: Member, at: datetime) -> int:
    """Draw cases of one's teams until as many wait as a review takes; answers how many are new.

    Raises Forbidden.
    """
    supervising(by)
    wanted = rules.SAMPLES - queries.samples(by).count()
    known = sorted(queries.to_sample(by).values_list("pk", flat=True)) if wanted > 0 else []
    chosen = _drawn.sample(known, min(wanted, len(known))) if known else []
    if not chosen:
        return 0
    Sample.objects.bulk_create(Sample(case_id=pk, by=by, day=local_day(at)) for pk in chosen)
    codes = queries.visible_to(by).filter(pk__in=chosen).values_list("code", flat=True)
    record(by=by.actor, verb="case.sampled", subject="", at=at, subjects=list(codes))
    return len(chosen)


@transaction.atomic
def review_sample(
    *,
    by: Member,
    sample: Sample,
    found: Mapping[ReviewQuestion, Found],
    follow_up: FollowUp,
    at: datetime,
) -> None:
    """Keep what a review found. Raises Forbidden, WrongMove for one that is reviewed."""
    supervising(by)
    if not queries.samples(by).filter(pk=sample.pk).exists():
        raise Forbidden
    waits = Sample.objects.filter(pk=sample.pk, reviewed_day__isnull=True)
    if not waits.update(reviewed_day=local_day(at), follow_up=FollowUp(follow_up)):
        raise rules.WrongMove("reviewed")
    SampleAnswer.objects.bulk_create(
        SampleAnswer(sample=sample, question=question, found=Found(answer))
        for question, answer in found.items()
    )
    detail = {"follow_up": str(follow_up)}
    record(by=by.actor, verb="case.sample_reviewed", subject=sample.case.code, at=at, detail=detail)
