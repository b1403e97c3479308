"""The demo city: fictional agencies, members and reports, so that every page has something to show."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from teduh.access import actions as access
from teduh.access.models import Agency, Member, Team
from teduh.access.roles import ROLES
from teduh.config import demo_reports, upgrading
from teduh.directory import actions as directory
from teduh.directory.rules import About
from teduh.lib.actors import COMMAND
from teduh.lib.timing import local_day
from teduh.vault import demo as keys

PASSWORD = "teduh-demo-teduh"  # noqa: S105  printed for everybody; the demo holds nobody real
TOTP_SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # the same for all demo members
DATA = Path(__file__).parents[1] / "directory" / "data"

AGENCIES = (
    ("uptd", "UPTD PPA (contoh)", "office"),
    ("polres", "Unit PPA Polres (contoh)", "police"),
    ("rsud", "RSUD Rujukan (contoh)", "health"),
    ("lbh", "LBH Pesisir (contoh)", "legal"),
    ("kejari", "Kejaksaan Negeri (contoh)", "prosecution"),
    ("kominfo", "Dinas Kominfo (contoh)", "city_it"),
)
TEAMS = (
    ("asesmen", "Tim asesmen", "assessment"),
    ("pendampingan", "Tim pendampingan", "companion"),
    ("hotline", "Tim hotline", "hotline"),
    ("arsip-a", "Arsip A", "archive_a"),
    ("arsip-b", "Arsip B", "archive_b"),
)
DUTIES = {"asesmen": ("melati", "dahlia"), "pendampingan": ("kenanga", "anggrek")}
MEMBERS = (  # code, name, agency, roles, teams
    ("melati", "Contoh Melati", "uptd", ("officer",), ("asesmen",)),
    ("kenanga", "Contoh Kenanga", "uptd", ("case_manager",), ("asesmen", "pendampingan")),
    ("cempaka", "Contoh Cempaka", "uptd", ("counsellor",), ("pendampingan",)),
    ("anggrek", "Contoh Anggrek", "uptd", ("legal_companion",), ("pendampingan",)),
    ("dahlia", "Contoh Dahlia", "uptd", ("officer",), ("hotline", "asesmen")),
    ("seroja", "Contoh Seroja", "uptd", ("supervisor", "key_officer"), ("asesmen",)),
    ("teratai", "Contoh Teratai", "uptd", ("head", "key_officer", "archive_keeper"), ("arsip-a",)),
    ("lavender", "Contoh Lavender", "uptd", ("data_officer", "archive_keeper"), ("arsip-a",)),
    ("wijaya", "Contoh Wijaya", "kominfo", ("auditor", "archive_keeper"), ("arsip-b",)),
    ("pandan", "Contoh Pandan", "kominfo", ("city_it",), ()),
    ("bakung", "Contoh Bakung", "polres", ("partner_officer",), ()),
    ("flamboyan", "Contoh Flamboyan", "rsud", ("partner_officer",), ()),
    ("kantil", "Contoh Kantil", "kejari", ("partner_officer",), ()),
    ("kemuning", "Contoh Kemuning", "lbh", ("partner_officer", "archive_keeper"), ("arsip-b",)),
)


def lay_tables() -> None:
    """The folder and the tables of this version, in every database."""
    Path(settings.TEDUH_VAR).mkdir(parents=True, exist_ok=True)
    for database in settings.DATABASES:
        upgrading.lay_tables(database)


def is_new() -> bool:
    """Whether nobody works here yet."""
    return not Member.objects.get_queryset().exists()


def load() -> str:
    """Make the office where there is none; returns the table of accounts to print."""
    at = timezone.now()
    if is_new():
        with transaction.atomic():
            _office(at)
            _duties(at)
        directory.load_areas(path=DATA / "areas.csv", by=COMMAND, at=at)
        directory.load_channels(path=DATA / "demo_channels.toml", by=COMMAND, at=at)
        _helpers(at)
    return accounts()


def _office(at: datetime) -> None:
    start = at - timedelta(days=31 * demo_reports.MONTHS)
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


def _duties(at: datetime) -> None:
    """Half a day each for two members of a team, a week long: who is on duty hears of reports."""
    first = at.replace(hour=0, minute=0, second=0, microsecond=0)
    for code, pair in DUTIES.items():
        for turn in range(14):
            starts = first + timedelta(hours=12 * turn)
            access.plan_duty(
                by=COMMAND,
                team=Team.objects.get(code=code),
                member=Member.objects.get(code=pair[turn % 2]),
                starts=starts,
                ends=starts + timedelta(hours=12),
                at=at,
            )


def _helpers(at: datetime) -> None:
    """Some neighbours the office has met; who was trained has signed the code of conduct too."""
    by, day = Member.objects.get(code="seroja"), local_day(at)
    for row in tomllib.loads((DATA / "demo_helpers.toml").read_text(encoding="utf-8"))["helpers"]:
        about = About(
            name=row["name"],
            profile=row["profile"],
            area_code=row["area_code"],
            conduct=day if row["topics"] else None,
            until=day + timedelta(days=365),
            state="active",
        )
        helper = directory.enter_helper(by=by, about=about, at=at)
        for topic in row["topics"]:
            directory.qualify(by=by, helper=helper, topic=topic, day=day, at=at)


def accounts() -> str:
    """The table of demo accounts: sign-in, password, role, sealing phrase, second factor."""
    rows = [("surel", "kata sandi", "peran", "frasa segel")]
    with translation.override("id"):
        for code, _name, _agency, roles, _teams in MEMBERS:
            named = ", ".join(str(ROLES[role].label) for role in roles)
            rows.append((f"{code}@contoh.invalid", PASSWORD, named, keys.phrase_of(code)))
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.append(f"Faktor kedua (TOTP) untuk semua: {TOTP_SEED}")
    lines.append("Kode saat ini: jalankan `scripts/demo-code`.")
    return "\n".join(lines)
