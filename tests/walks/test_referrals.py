"""A referral that is refused, the next that stays silent, and the third that helps: nobody is lost.

Through the pages alone, as officer and partners press them; only the waiting is the clock's.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from teduh.config.morning import parts
from teduh.lib.timing import local_day
from teduh.services.actions.silence import look_at_referrals
from teduh.services.models import Referral
from teduh.sop.models import Promise
from tests.factories import signed_in
from tests.factories.cases import case_office, opened
from tests.factories.services import SERVICE, Partner, partner
from tests.factories.sop import adopt_next

pytestmark = pytest.mark.django_db(databases=["default", "shred"])


class Story:
    """One case, its officer, three hospitals."""

    def __init__(self) -> None:
        self.at, office = timezone.now(), case_office()
        adopt_next(office.team, since=local_day(self.at))
        self.case = opened(office, at=self.at)
        self.officer = signed_in(Client(), office.melati)
        self.member = office.melati
        self.partners = [partner() for _each in range(3)]
        self.place = f"/kantor/layanan/kasus/{self.case.code}/rujukan/"

    def agrees(self, to: Partner) -> None:
        """She agrees that this hospital reads her part."""
        assert to.provider.agency
        day = local_day(self.at)
        sent = self.officer.post(
            f"/kantor/data/kasus/{self.case.code}/persetujuan/",
            {
                "agency": str(to.provider.agency.pk),
                "purpose": "share_health",
                "comps": ["identity", "medical"],
                "given_by": "self",
                "how": "spoken",
                "day": str(day),
                "until": str(day + timedelta(days=30)),
            },
        )
        assert sent.status_code == 302, sent.content.decode()

    def prepares(self, to: Partner, replaces: str = "") -> str:
        """One click on a provider that the page offers; answers the code of the draft."""
        told = {"service": SERVICE, "provider": to.provider.code, "replaces": replaces}
        sent = self.officer.post(self.place, told)
        assert sent.status_code == 302, sent.content.decode()
        return sent.headers["Location"].rstrip("/").rpartition("/")[2]

    def sends(self, code: str, status: int = 302) -> str:
        """Sends a draft under the first consent that the page shows."""
        page = f"{self.place}{code}/"
        number = self.officer.get(page).context["consents"]
        told = {"consent": str(number[0].number) if number else ""}
        sent = self.officer.post(f"{page}kirim/", told)
        assert sent.status_code == status
        return sent.content.decode()

    def answers(self, to: Partner, code: str, answer: str, **more: str) -> int:
        """A partner opens the referral and presses a button."""
        client, page = signed_in(Client(), to.member), f"/kantor/layanan/masuk/{code}/"
        seen = client.get(page)
        if seen.status_code == 404:
            return 404
        state = seen.context["row"].state
        return client.post(page, {"to": answer, "expect": state, **more}).status_code

    def waits(self) -> int:
        """How many referrals the officer's morning says came to nothing."""
        numbers = [one for part in parts(self.member, self.at) for one in part.numbers]
        return next(one.count for one in numbers if one.href.endswith("/layanan/rujukan/"))


def test_what_one_refuses_and_another_leaves_unanswered_the_third_gives() -> None:
    story = Story()
    first, second, third = story.partners

    one = story.prepares(first)
    assert "Tanyakan kepadanya dulu" in story.sends(one, 409)  # nothing goes out before she agrees
    story.agrees(first)
    story.sends(one)
    assert story.answers(second, one, "accepted") == 404
    assert story.answers(first, one, "refused", reason="full") == 302
    assert story.waits() == 1

    page = story.officer.get(f"{story.place}{one}/").content.decode()
    assert "Tawarkan ke mitra lain" in page
    assert first.provider.code not in page
    two = story.prepares(second, one)
    assert story.waits() == 1
    story.agrees(second)
    story.sends(two)
    assert story.waits() == 0

    look_at_referrals(at=story.at + timedelta(days=4))
    assert Referral.objects.get(code=two).state == "silent"
    assert story.waits() == 1
    three = story.prepares(third, two)
    story.agrees(third)
    story.sends(three)
    assert Referral.objects.get(code=two).reason == "reoffered"
    assert story.answers(second, two, "accepted") == 422  # too late: another was asked

    assert story.answers(third, three, "accepted") == 302
    assert story.answers(third, three, "served", day=str(local_day(story.at))) == 302
    assert story.answers(third, three, "completed", reason="met") == 302
    assert story.waits() == 0
    ends = Referral.objects.filter(case=story.case).values_list("code", "state", "settled_for")
    assert set(ends) == {
        (one, "refused", "reoffered"),
        (two, "withdrawn", ""),
        (three, "completed", ""),
    }
    left = Promise.objects.running().filter(subject=story.case.code, about__startswith="RJK")
    assert not left.exists()
