"""Bodies as the browser sends them, sealed beforehand for a running office."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from teduh.lib.codes import new_ticket
from teduh.vault import codes, reporter, rules, without_script
from teduh.vault.envelope import (
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    wrap,
)
from teduh.vault.packages import SealedItem, b64, compact, unb64
from tests.bench.sending import STORY
from tests.support.server import Office

WORDS = b"Contoh pesan untuk pengukuran. Tidak ada orang di baliknya."
TOLD = {
    "intake.report.story": STORY,
    "intake.report.name": "Contoh",
    "intake.report.contact_how": "lewat tiket",
}


@dataclass(frozen=True)
class Package:
    """A report sealed as a browser does, with what its holder needs to go on."""

    ticket: str
    auth: str
    chat: Compartment
    author: Author
    day: str
    sealed: str

    def words(self, seq: int) -> SealedItem:
        """A message of hers under this number."""
        return seal(
            self.chat, self.author, Words(rules.MESSAGE, seq, "browser", self.day, "chat-1k"), WORDS
        )


def keys_of(server: Office) -> dict[str, Any]:
    """What a browser is told to seal to."""
    with urllib.request.urlopen(f"{server.url}/kunci/") as answer:
        told: dict[str, Any] = json.load(answer)
    return told


def sealed_bodies(server: Office, count: int) -> list[bytes]:
    """So many reports, each under a ticket and a code of its own."""
    keys = keys_of(server)
    return [_body(keys) for _number in range(count)]


def _body(keys: dict[str, Any]) -> bytes:
    made = package(keys, TOLD)
    return urlencode(
        {
            "ticket": made.ticket,
            "r": without_script.relay(made.ticket),
            "safe_now": "unsafe",
            "kinds": "physical",
            "sealed": made.sealed,
        }
    ).encode()


def package(keys: dict[str, Any], told: dict[str, str]) -> Package:
    """A report that tells this, under a fresh ticket and code."""
    ticket, code = new_ticket(), codes.draw()
    stem = reporter.stretched(code, keys["inst"], ticket)
    her = reporter.keys(stem, reporter.relay(settings.TEDUH_SERVER_SECRET, ticket))
    team, recovery = keys["teams"][0], keys["recovery"]
    to = [(one["kid"], unb64(one["key"])) for one in (team, recovery)]
    made, compartments = {}, []
    for comp in rules.NEW_REPORT:
        one = make_compartment(Place(keys["inst"], ticket, comp))
        readers = [*to, (her.box_kid, her.box_public)] if comp == "chat" else to
        wraps = [{"kid": kid, "w": b64(wrap(one, kid, public))} for kid, public in readers]
        made[comp] = one
        compartments.append({"d": b64(one.d), "wraps": wraps})
    day = str(keys["day"])
    texts = {
        **{what: text.encode() for what, text in told.items()},
        rules.HELLO: compact(
            {
                "ticket": ticket,
                "kotak": b64(her.box_public),
                "tanda": b64(her.sign_public),
                "d": [one.cmp for one in made.values()],
            }
        ),
    }
    items = [
        spelled(
            seal(
                made[rules.compartment_of(what)],
                her.author,
                Words(what, 0, "browser", day, "pow2-4k"),
                text,
            )
        )
        for what, text in texts.items()
    ]
    sealed = {
        "v": 1,
        "ticket": ticket,
        "auth": b64(reporter.auth_token(stem)),
        "kotak": b64(her.box_public),
        "tanda": b64(her.sign_public),
        "compartments": compartments,
        "items": items,
    }
    return Package(ticket, sealed["auth"], made["chat"], her.author, day, json.dumps(sealed))


def spelled(item: SealedItem) -> dict[str, str]:
    """An envelope as it travels."""
    return {"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)}
