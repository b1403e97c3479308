"""The demo city: fictional agencies, members and reports, so that every page has something to show."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from teduh.access import actions as access
from teduh.access.models import Agency, Member, Team
from teduh.directory import actions as directory
from teduh.directory import queries as places
from teduh.intake import actions as intake
from teduh.intake.answers import Answers
from teduh.intake.models import Report
from teduh.intake.words import State
from teduh.lib.actors import COMMAND
from teduh.lib.codes import CROCKFORD
from teduh.vault import demo as keys
from teduh.vault import without_script

REPORTS = 198  # 14 months at 170 a year (volumes.md 6.4)
MONTHS = 14
PASSWORD = "teduh-demo-teduh"  # noqa: S105  printed for everybody; the demo holds nobody real
TOTP_SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the same for all demo members
STORIES = Path(__file__).parents[1] / "intake" / "data" / "demo_stories.toml"
AREAS = Path(__file__).parents[1] / "directory" / "data" / "areas.csv"

AGENCIES = (
    ("uptd", "UPTD PPA (contoh)", "office"),
    ("polres", "Unit PPA Polres (contoh)", "police"),
    ("rsud", "RSUD Rujukan (contoh)", "health"),
    ("lbh", "LBH Pesisir (contoh)", "legal"),
    ("kominfo", "Dinas Kominfo (contoh)", "city_it"),
)
TEAMS = (
    ("asesmen", "Tim asesmen", "assessment"),
    ("pendampingan", "Tim pendampingan", "companion"),
    ("hotline", "Tim hotline", "hotline"),
)
MEMBERS = (  # code, name, agency, roles, teams
    ("melati", "Contoh Melati", "uptd", ("officer",), ("asesmen",)),
    ("kenanga", "Contoh Kenanga", "uptd", ("case_manager",), ("asesmen", "pendampingan")),
    ("cempaka", "Contoh Cempaka", "uptd", ("counsellor",), ("pendampingan",)),
    ("anggrek", "Contoh Anggrek", "uptd", ("legal_companion",), ("pendampingan",)),
    ("dahlia", "Contoh Dahlia", "uptd", ("officer",), ("hotline", "asesmen")),
    ("seroja", "Contoh Seroja", "uptd", ("supervisor", "key_officer"), ("asesmen",)),
    ("teratai", "Contoh Teratai", "uptd", ("head", "key_officer"), ()),
    ("lavender", "Contoh Lavender", "uptd", ("data_officer",), ()),
    ("wijaya", "Contoh Wijaya", "kominfo", ("auditor",), ()),
    ("pandan", "Contoh Pandan", "kominfo", ("city_it",), ()),
    ("bakung", "Contoh Bakung", "polres", ("partner_officer",), ()),
    ("flamboyan", "Contoh Flamboyan", "rsud", ("partner_officer",), ()),
)

# Shares of SIMFONI 2024 (volumes.md 6.3), read 11 January 2025.
KINDS = (
    ("sexual", 14465),
    ("physical", 11373),
    ("psychological", 9799),
    ("neglect", 2588),
    ("online", 1800),
    ("bullying", 900),
    ("trafficking", 471),
    ("exploitation", 386),
)
PLACES = (
    ("home_victim", 20681),
    ("public", 3481),
    ("school", 2520),
    ("work", 455),
    ("online", 3000),
    ("boarding", 2000),
    ("other", 2322),
    ("course", 102),
)
AGES = (
    ("0-5", 2466),
    ("6-12", 7016),
    ("13-17", 12170),
    ("18-24", 3999),
    ("25-44", 7292),
    ("45-59", 1454),
    ("60+", 164),
)
RELATIONS = (
    ("partner", 5464),
    ("spouse", 4767),
    ("stranger", 3560),
    ("parent", 3434),
    ("unknown", 2838),
    ("neighbour", 2256),
    ("relative", 1640),
    ("teacher", 878),
    ("coworker", 196),
    ("employer", 130),
)
STATES = ((State.TAKEN, 30), (State.ASKED, 12), (State.PASSED, 8), (State.GUIDED, 10))


def load(*, reports: int) -> str:
    """Fill an empty database; returns the table of accounts to print. Harmless when filled."""
    at = timezone.now()
    if not Member.objects.get_queryset().exists():
        with transaction.atomic():
            _office(at)
        directory.load_areas(path=AREAS, by=COMMAND, at=at)
        if reports:
            seed_reports(reports, at)
    return accounts()


def _office(at: datetime) -> None:
    start = at - timedelta(days=31 * MONTHS)
    for code, name, kind in AGENCIES:
        access.open_agency(
            by=COMMAND, code=code, name=name, kind=kind, area_code=settings.TEDUH_AREA, at=start
        )
    office = Agency.objects.get(code="uptd")
    for code, name, kind in TEAMS:
        access.open_team(by=COMMAND, code=code, name=name, kind=kind, agency=office, at=start)
    for code, name, agency, roles, teams in MEMBERS:
        member = access.add_member(
            by=COMMAND,
            code=code,
            email=f"{code}@contoh.invalid",
            name=name,
            agency=Agency.objects.get(code=agency),
            roles=roles,
            teams=list(Team.objects.filter(code__in=teams)),
            password=PASSWORD,
            at=start,
        )
        seed = get_adapter().encrypt(TOTP_SEED)
        Authenticator.objects.create(
            user=member, type=Authenticator.Type.TOTP, data={"secret": seed}
        )
    keys.make_demo_office(
        teams={code: [m[0] for m in MEMBERS if code in m[4]] for code, _n, _k in TEAMS},
        members=[member[0] for member in MEMBERS],
        key_officers=[member[0] for member in MEMBERS if "key_officer" in member[3]],
        at=at,
    )


def accounts() -> str:
    """The table of demo accounts: sign-in, password, second factor, sealing phrase."""
    rows = [("surel", "kata sandi", "peran", "frasa segel")]
    for code, _name, _agency, roles, _teams in MEMBERS:
        rows.append((f"{code}@contoh.invalid", PASSWORD, ",".join(roles), keys.phrase_of(code)))
    lines = [
        "  ".join(cell.ljust(28 if n == 0 else 18) for n, cell in enumerate(row)) for row in rows
    ]
    lines.append(f"Faktor kedua (TOTP) untuk semua: {TOTP_SEED}")
    lines.append("Kode saat ini: jalankan `scripts/demo-code`.")
    return "\n".join(lines)


def seed_reports(count: int, at: datetime) -> None:
    """`count` fictional reports over the last 14 months, the same ones every time."""
    dice = random.Random(2172)  # noqa: S311  the same demo everywhere, nothing secret
    stories = tomllib.loads(STORIES.read_text(encoding="utf-8"))["stories"]
    areas = [area.code for area in places.kelurahan(settings.TEDUH_AREA)]
    weights = [area.population or 1 for area in places.kelurahan(settings.TEDUH_AREA)]
    first = at - timedelta(days=30 * MONTHS)
    for number in range(count):
        moment = first + (at - first) * ((number + dice.random()) / count)
        area = dice.choices(areas, weights)[0]
        with transaction.atomic():
            report = _one(dice, stories, area, moment)
            _follow(dice, report, moment, at)


def _one(dice: random.Random, stories: list[dict[str, str]], area: str, at: datetime) -> Report:
    kind, age = _pick(dice, KINDS), _pick(dice, AGES)
    fitting = [story for story in stories if story["kind"] == kind] or stories
    story = dice.choice(fitting)
    ticket = "TDH-" + "-".join("".join(dice.choices(CROCKFORD, k=4)) for _ in range(2))
    door = dice.choice(("self", "self", "other", "young" if age in {"13-17", "6-12"} else "self"))
    code = dice.getrandbits(63)
    written = {"intake.report.story": story["story"]}
    if dice.random() < 0.4:
        written["intake.report.name"] = story.get("name", "Contoh Mawar")
        written["intake.report.contact_how"] = story.get("contact", "Lewat tiket saja")
    package = without_script.seal_report(
        ticket=ticket, code=code, answers=written, files=[], team_code="asesmen", at=at
    )
    several: dict[str, tuple[str, ...]] = {
        "kinds": (kind,),
        "needs": (dice.choice(("counselling", "legal", "medical")),),
    }
    answers = Answers(
        door=door,
        danger=dice.choices(("safe", "unsafe", "unsure", ""), (5, 2, 2, 1))[0],
        sex=dice.choices(("P", "L"), (80, 20))[0],
        age_band=age,
        relation=_pick(dice, RELATIONS),
        place=_pick(dice, PLACES),
        area_code=area,
        several=several,
    )
    return intake.receive(
        answers=answers,
        package=package,
        rights_version="demo",
        flood=False,
        at=at,
    )


def _follow(dice: random.Random, report: Report, at: datetime, now: datetime) -> None:
    if (now - at).days < 5:
        return
    officer = Member.objects.get_queryset().get(code=dice.choice(("melati", "dahlia", "kenanga")))
    later = at + timedelta(hours=dice.randint(1, 20))
    intake.move(by=officer, report=report, to=State.TAKEN, at=later)
    to = _pick(dice, STATES)
    if to != State.TAKEN:
        reason = dice.choice(("polres", "rsud", "lbh")) if to == State.PASSED else ""
        after = later + timedelta(days=1)
        intake.move(by=officer, report=report, to=State(to), at=after, reason=reason)


def _pick(dice: random.Random, shares: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([code for code, _n in shares], [n for _code, n in shares])[0]
