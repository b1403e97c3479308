"""What may go into a packet of evidence, and what did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from teduh.access.queries import names
from teduh.cases.models import Case
from teduh.cases.queries import reports_of
from teduh.records import rules
from teduh.records.models import Packet, PacketGrant, PacketItem
from teduh.vault.bundles import Bundle, OpenableItem
from teduh.vault.models import Envelope
from teduh.vault.packages import header_of
from teduh.vault.rules import BODY


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed item, who sealed it and on which day, by its own header."""

    subject: str
    comp: str
    what: str
    item: str
    by: str  # a name, or empty for the reporter
    day: date

    @property
    def is_file(self) -> bool:
        """Whether it is a file and no text."""
        return self.what == BODY


def offered(bundles: Iterable[Bundle]) -> list[Sealed]:
    """What of these subjects may be chosen for a packet: files, her words, notes; the oldest first."""
    found = [
        (bundle.subject, item)
        for bundle in bundles
        for item in bundle.items
        if item.what in rules.PACKABLE and not item.is_cleaned
    ]
    told = names(_author(item) for _subject, item in found)
    rows = [_sealed(subject, item, told.get(_author(item), "")) for subject, item in found]
    return sorted(rows, key=lambda one: one.day)


def _sealed(subject: str, item: OpenableItem, by: str) -> Sealed:
    day = date.fromisoformat(str(header_of(item.hdr)["day"]))
    return Sealed(subject, item.comp, item.what, item.item, by, day)


def _author(item: OpenableItem) -> str:
    return rules.author_of(str(header_of(item.hdr)["by"]))


def subjects_of(case: Case) -> list[str]:
    """The case and the tickets of the reports told in it."""
    return [case.code, *(report.ticket.number for report in reports_of(case))]


def envelopes_of(case: Case, items: Iterable[str]) -> dict[str, Envelope]:
    """Those of these items that may go into a packet of this case, by name."""
    rows = Envelope.objects.filter(
        item__in=list(items),
        what__in=rules.PACKABLE,
        whole=True,
        compartment__subject__in=subjects_of(case),
    )
    return {row.item: row for row in rows.select_related("compartment")}


def grants_of(case: Case) -> list[PacketGrant]:
    """Everything that was asked for, the newest first."""
    return list(PacketGrant.objects.filter(case=case).select_related("asker", "answerer"))


def grant_of(case: Case, number: int) -> PacketGrant | None:
    """One of them."""
    return PacketGrant.objects.filter(case=case, pk=number).first()


def holding(case: Case, at: datetime) -> PacketGrant | None:
    """The newest grant under which a packet may be made now."""
    return next((one for one in grants_of(case) if one.holds(at)), None)


def packets_of(case: Case) -> list[Packet]:
    """Every packet of a case with its custody, the first one first."""
    rows = Packet.objects.filter(grant__case=case).select_related("grant")
    return list(rows.prefetch_related("items", "custody__member__agency"))


def packet_of(case: Case, number: int) -> Packet | None:
    """One packet by its number in the case."""
    return next((one for one in packets_of(case) if one.number == number), None)


def contents(packet: Packet) -> list[tuple[PacketItem, str, date | None]]:
    """Each item with who sealed it (empty: the reporter) and the day its header says."""
    items = list(packet.items.all())
    rows = Envelope.objects.filter(item__in=[one.item for one in items])
    headers = {row.item: header_of(bytes(row.hdr)) for row in rows}
    authors = {name: rules.author_of(str(said["by"])) for name, said in headers.items()}
    told = names(authors.values())
    return [
        (
            one,
            told.get(authors.get(one.item, ""), ""),
            date.fromisoformat(str(headers[one.item]["day"])) if one.item in headers else None,
        )
        for one in items
    ]
