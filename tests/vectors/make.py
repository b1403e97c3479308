"""Writes sealing.json: `python -m tests.vectors.make`, only when a format gets a new version.

Everything but the wraps comes out the same each time; HPKE draws its own randomness.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from teduh.vault import codes, grants, manifest, ownwords, reporter, suite
from teduh.vault.envelope import (
    CHUNK,
    TAG,
    Author,
    Compartment,
    Place,
    Words,
    make_compartment,
    seal,
    seal_file,
    sign_statement,
    wrap,
)
from teduh.vault.grants import Wanted
from teduh.vault.packages import SealedItem, b64, compact, unb64
from teduh.vault.rules import SIDES, kid_of
from tests.vault.halves import proof, wrap_half, xor

PLACE = Path(__file__).with_name("sealing.json")
INST, TICKET, DAY = "kota-contoh", "TDH-7K2M-9QXR", "2026-11-24"
CODE = 1234567890123456789
PHRASE = "lampu sawah kertas bambu jendela perahu"
STORY = "Cerita contoh: é, 🙂, “kutip”, baris\nbaru."


def fixed(purpose: str, size: int = 32) -> bytes:
    """Bytes anybody can compute again."""
    return suite.sha256(b"teduh vectors\0" + purpose.encode())[:size]


@contextmanager
def fixed_randomness(purpose: str) -> Iterator[None]:
    """Let the vault draw known bytes for a while."""
    drawn, real = iter(range(1_000_000)), suite.random_bytes
    suite.random_bytes = lambda size: fixed(f"{purpose} {next(drawn)}", size)
    try:
        yield
    finally:
        suite.random_bytes = real


def named(name: str, public: bytes) -> str:
    """The kid of a public key."""
    return kid_of(name, suite.sha256(public))


def box(name: str) -> dict[str, str]:
    """A key pair of a seed, and its name."""
    seed = fixed(f"box {name}")
    public = suite.box_public(seed)
    return {"name": name, "seed": b64(seed), "public": b64(public), "kid": named(name, public)}


def signer(name: str) -> dict[str, str]:
    """A signing key of a seed, and its name."""
    seed = fixed(f"sign {name}")
    public = suite.sign_public(seed)
    return {"name": name, "seed": b64(seed), "public": b64(public), "kid": named(name, public)}


def compartment(comp: str) -> tuple[Compartment, dict[str, Any]]:
    """An open compartment and how it is written down."""
    with fixed_randomness(comp):
        made = make_compartment(Place(INST, TICKET, comp))
    said = json.loads(made.d)
    return made, {
        "inst": INST,
        "subject": TICKET,
        "comp": comp,
        "key": b64(made.key),
        "id": said["id"],
        "kc": said["kc"],
        "d": b64(made.d),
        "cmp": made.cmp,
    }


def wrapped(made: Compartment, name: str) -> dict[str, str]:
    """A compartment key sealed to one recipient."""
    to = box(name)
    w = wrap(made, to["kid"], suite.box_public(fixed(f"box {name}")))
    return {
        "kid": to["kid"],
        "seed": to["seed"],
        "d": b64(made.d),
        "key": b64(made.key),
        "w": b64(w),
    }


def envelope(made: Compartment, comp: str, words: Words, text: str) -> dict[str, Any]:
    """One signed item."""
    author = Author(signer("pelapor")["kid"], fixed("sign pelapor"))
    with fixed_randomness(f"item {words.what} {words.seq} {len(text)}"):
        item = seal(made, author, words, text.encode())
    return {
        "comp": comp,
        "pad": words.pad,
        "what": words.what,
        "text": text,
        "key": b64(made.key),
        "signer": b64(suite.sign_public(author.seed)),
        **spelled(item),
        "hash": b64(suite.sha256(item.hdr + item.ct)),
    }


def spelled(item: SealedItem) -> dict[str, str]:
    """An envelope as it travels."""
    return {"hdr": b64(item.hdr), "ct": b64(item.ct), "sig": b64(item.sig)}


def envelopes() -> list[dict[str, Any]]:
    """Every padding, and the smallest and largest text of each."""
    texts, chat, cards = (compartment(c)[0] for c in ("narrative", "chat", "list"))
    story = Words("intake.report.story", 0, "browser", DAY, "pow2-4k")
    first = Words("chat.message.text", 1, "browser", DAY, "chat-1k", "")
    seen = Words("chat.message.text", 2, "staff", DAY, "chat-1k", b64(fixed("seen")))
    card = Words("cases.person.card", 0, "staff", DAY, "card-256")
    return [
        envelope(texts, "narrative", story, STORY),
        envelope(texts, "narrative", story, ""),
        envelope(texts, "narrative", story, "a" * 4092),
        envelope(texts, "narrative", story, "a" * 4093),
        envelope(chat, "chat", first, "Halo."),
        envelope(chat, "chat", seen, "é" * 510),
        envelope(cards, "list", card, '{"name":"Contoh Melati"}'),
        envelope(cards, "list", card, "k" * 252),
    ]


def addition() -> dict[str, Any]:
    """A statement of the reporter that names a compartment made after her report."""
    with fixed_randomness("compartment narrative 2"):
        made = make_compartment(Place(INST, TICKET, "narrative"), 2)
    chat, _told = compartment("chat")
    said = compact({"ticket": TICKET, "gen": 2, "d": [made.cmp]}).decode()
    words = Words("chat.thread.addition", 2, "browser", DAY, "pow2-4k")
    return {
        "key": b64(made.key),
        "d": b64(made.d),
        "statement": envelope(chat, "chat", words, said),
    }


def renewal() -> dict[str, Any]:
    """A new code that its holder made: new keys, a new chat with its hello, her old word for it."""
    with fixed_randomness("compartment chat 2"):
        made = make_compartment(Place(INST, TICKET, "chat"), 2)
    old, _told = compartment("chat")
    before = envelopes()[4]  # stands for the hello that this one follows
    stem = reporter.stretched(CODE + 1, INST, TICKET)
    her = reporter.keys(stem, reporter.relay(fixed("server secret"), TICKET))
    carried = {"d": b64(old.d), "k": b64(old.key), "tanda": signer("pelapor")["public"]}
    said = {
        "ticket": TICKET,
        "kotak": b64(her.box_public),
        "tanda": b64(her.sign_public),
        "d": [made.cmp],
        "before": [carried],
        "after": {"reporter": 2, "office": 3},
    }
    words = Words("chat.thread.hello", 0, "browser", DAY, "pow2-4k", "")
    with fixed_randomness("hello 2"):
        hello = seal(made, her.author, words, compact(said))
    follows = {"before": before["hash"], "hello": b64(suite.sha256(hello.hdr + hello.ct))}
    place = {"v": 1, "inst": INST, "ticket": TICKET, "gen": 2}
    body = compact({**place, **follows, "day": DAY, "by": signer("pelapor")["kid"]})
    sig = sign_statement(fixed("sign pelapor"), "teduh/v1/renew", body)
    return {
        "code_bytes": b64(codes.as_bytes(CODE + 1)),
        "key": b64(made.key),
        "d": b64(made.d),
        "said": said,
        "hello": spelled(hello),
        "before": before["hash"],
        "tanda": signer("pelapor")["public"],
        "tanda_kid": signer("pelapor")["kid"],
        "statement": {"body": b64(body), "sig": b64(sig)},
    }


def file() -> dict[str, Any]:
    """A body of three chunks; byte n of it is n modulo 251."""
    made, told = compartment("file")
    body = bytes(n % 251 for n in range(2 * CHUNK + 10))
    author = Author(signer("pelapor")["kid"], fixed("sign pelapor"))
    with fixed_randomness("file"):
        item = seal_file(
            made, author, Words("intake.evidence.body", 0, "browser", DAY, "none"), body
        )
    return {
        "what": "intake.evidence.body",
        "item": item.item,
        "key": told["key"],
        "d": told["d"],
        "size": len(body),
        "sha256": b64(suite.sha256(body)),
        "chunk": CHUNK + TAG,
        "hdr": b64(item.hdr),
        "ct": b64(item.ct),
        "ct_sha256": b64(suite.sha256(item.ct)),
    }


def resume() -> dict[str, str]:
    """The way back to the file above: its content key, for her code and the same file."""
    told = file()
    hdr, plain = unb64(told["hdr"]), unb64(told["sha256"])
    stem = reporter.stretched(CODE, INST, TICKET)
    secret = suite.derive(
        stem + reporter.relay(fixed("server secret"), TICKET), b"", "teduh/v1/lanjut"
    )
    content = suite.derive(unb64(told["key"]), suite.sha256(hdr), "teduh/v1/enc")
    over = suite.derive(secret, suite.sha256(suite.sha256(hdr) + plain), "teduh/v1/lanjut-berkas")
    return {
        "secret": b64(secret),
        "content": b64(content),
        "resume": b64(suite.encrypt(over, bytes(11) + b"\x01", content, hdr)),
    }


def trust() -> dict[str, Any]:
    """Root, certificate of a key officer, manifest, and the keys it names."""
    officer = signer("pejabat-a1b2c3")
    cert, cert_sig = manifest.certify(
        fixed("sign akar"),
        inst=INST,
        kid=officer["kid"],
        public=suite.sign_public(fixed("sign pejabat-a1b2c3")),
        since=date(2026, 1, 1),
        until=date(2027, 1, 31),
    )
    listed = [
        ("team", box("tim-asesmen-202611")),
        ("recovery", box("pemulihan")),
        ("member", box("anggota-a1b2c3")),
        ("sign", signer("tanda-a1b2c3")),
    ]
    keys = [
        {"kid": key["kid"], "kind": kind, "key": b64(_public(kind, key["name"]))}
        for kind, key in listed
    ]
    entries = [
        {"kid": one["kid"], "kind": one["kind"], "sha256": b64(suite.sha256(unb64(one["key"])))}
        for one in keys
    ]
    body = manifest.compose(
        inst=INST, serial=7, keys=entries, since=date(2026, 11, 1), until=date(2026, 12, 5)
    )
    signed = manifest.sign(fixed("sign pejabat-a1b2c3"), body)
    return {
        "root": signer("akar"),
        "officer": officer,
        "package": manifest.package(cert, cert_sig, body, signed),
        "keys": keys,
        "days": {
            "too_early": "2026-10-31",
            "first": "2026-11-01",
            "last": "2026-12-05",
            "last_with_grace": "2027-03-05",
            "too_late": "2027-03-06",
        },
    }


def _public(kind: str, name: str) -> bytes:
    if kind == "sign":
        return suite.sign_public(fixed(f"sign {name}"))
    return suite.box_public(fixed(f"box {name}"))


def _grant() -> bytes:
    wanted = Wanted(
        inst=INST,
        subject="KSS-7K2M-9QXR",
        to=box("anggota-a1b2c3")["kid"],
        comps=("identity", "medical"),
        purpose="share_health",
        consent=b64(fixed("consent")),
        day=date(2026, 11, 24),
        until=date(2026, 12, 24),
    )
    return grants.body(wanted, b64(fixed("grant")[:16]), signer("tanda-a1b2c3")["kid"])


def statements() -> list[dict[str, str]]:
    """A signature under each label that signs a statement."""
    made, _told = compartment("narrative")
    hello = next(one for one in envelopes() if one["what"] == "chat.message.text")
    bodies = {
        "teduh/v1/cert": compact({"v": 1, "inst": INST}),
        "teduh/v1/manifest": compact({"v": 1, "inst": INST, "serial": 1}),
        "teduh/v1/desc": made.d,
        "teduh/v1/grant": _grant(),
        "teduh/v1/own": ownwords.body(
            inst=INST,
            subject=TICKET,
            cmp=made.cmp,
            items=[],
            to=box("anggota-a1b2c3")["kid"],
            by=signer("tanda-a1b2c3")["kid"],
        ),
        "teduh/v1/accept": compact(
            {"v": 1, "ticket": TICKET, "hello": hello["hash"], "by": signer("tanda-a1b2c3")["kid"]}
        ),
        "teduh/v1/reopened": compact({"v": 1, "inst": INST, "opened": []}),
        "teduh/v1/renew": compact({"v": 1, "inst": INST, "ticket": TICKET, "gen": 2}),
    }
    about = {"instrument": "lengkap", "version": "2026-1", "score": "14", "computed": "high"}
    place = {"inst": INST, "subject": "KSS-7K2M-9QXR", "item": b64(fixed("item")[:16])}
    bodies["teduh/v1/risk"] = compact(
        {
            **about,
            "final": "high",
            "reason": "",
            "v": 1,
            **place,
            "by": signer("tanda-a1b2c3")["kid"],
        }
    )
    seed = fixed("sign tanda-a1b2c3")
    return [
        {
            "label": label,
            "seed": b64(seed),
            "public": b64(suite.sign_public(seed)),
            "body": b64(body),
            "sig": b64(sign_statement(seed, label, body)),
        }
        for label, body in bodies.items()
    ]


def reopened(wraps: list[dict[str, str]]) -> dict[str, str]:
    """What a member signs about new wraps that opened: here, those of the examples."""
    seed, by = fixed("sign tanda-a1b2c3"), signer("tanda-a1b2c3")["kid"]
    told = {"inst": INST, "epoch": box("tim-asesmen-202610")["kid"], "day": DAY, "by": by}
    opened = [
        {
            "cmp": b64(suite.sha256(unb64(one["d"]))),
            "kid": one["kid"],
            "sha256": b64(suite.sha256(unb64(one["w"]))),
        }
        for one in wraps
    ]
    body = compact({"v": 1, **told, "opened": opened})
    sig = sign_statement(seed, "teduh/v1/reopened", body)
    return {**told, "seed": b64(seed), "body": b64(body), "sig": b64(sig)}


def reporters() -> dict[str, str]:
    """Everything the secret code gives."""
    secret, pepper = fixed("server secret"), fixed("pepper")
    relay = reporter.relay(secret, TICKET)
    stem = reporter.stretched(CODE, INST, TICKET)
    auth, her = reporter.auth_token(stem), reporter.keys(stem, relay)
    return {
        "server_secret": b64(secret),
        "pepper": b64(pepper),
        "code": str(CODE),
        "code_bytes": b64(codes.as_bytes(CODE)),
        "inst": INST,
        "ticket": TICKET,
        "r": b64(relay),
        "stem": b64(stem),
        "auth": b64(auth),
        "auth_kept": suite.mac(pepper, auth).hex(),
        "kotak_seed": b64(her.box_seed),
        "kotak": b64(her.box_public),
        "kotak_kid": her.box_kid,
        "tanda_seed": b64(her.author.seed),
        "tanda": b64(her.sign_public),
        "tanda_kid": her.author.kid,
    }


def spellings() -> dict[str, Any]:
    """Codes in digits and words, what people type for them, and what is none."""
    some = [0, 1, 2**63 - 1, CODE, int.from_bytes(fixed("code", 8), "big") >> 1]
    told = [
        {
            "code": str(code),
            "bytes": b64(codes.as_bytes(code)),
            "digits": codes.spell_digits(code),
            "words": codes.spell_words(code),
        }
        for code in some
    ]
    digits, words = codes.spell_digits(CODE), codes.spell_words(CODE)
    short = [word[:4] for word in words.split()]
    return {
        "codes": told,
        "typed": [
            {"typed": digits.replace(" ", ""), "code": str(CODE)},
            {"typed": digits.replace(" ", "-"), "code": str(CODE)},
            {"typed": f"  {digits}\n", "code": str(CODE)},
            {"typed": words.upper(), "code": str(CODE)},
            {"typed": ", ".join(words.split()), "code": str(CODE)},
            {"typed": "-".join(short), "code": str(CODE)},
        ],
        "refused": [
            "",
            "1234",
            "9" * 20,
            digits[:-1] + str((int(digits[-1]) + 1) % 10),
            digits[1] + digits[0] + digits[2:],
            " ".join(words.split()[1:]),
            " ".join([*words.split()[:-1], "zzzz"]),
        ],
        "tickets": [
            {"typed": typed, "ticket": TICKET}
            for typed in (TICKET, "tdh 7k2m 9qxr", "7K2M9QXR", " tdh-7k2m9qxr ")
        ],
    }


def keyring() -> dict[str, Any]:
    """A member's keyring under a phrase and the server's share."""
    secret, salt, member = fixed("server secret"), fixed("salt", 16), "a1b2c3"
    share = suite.mac(secret, b"teduh/v1/share\0" + member.encode())
    stretched = suite.stretch_phrase(PHRASE, salt)
    kek = suite.derive(stretched + share, b"", "teduh/v1/kek")
    plain = compact(
        {"x": box("anggota-a1b2c3")["seed"], "s": signer("tanda-a1b2c3")["seed"], "serial": 7}
    )
    with fixed_randomness("keyring"):
        blob = suite.enclose(kek, plain, b"teduh/v1/keyring\0" + member.encode())
    return {
        "server_secret": b64(secret),
        "member": member,
        "phrase": PHRASE,
        "typed": "  " + PHRASE.upper().replace(" ", "   ") + " ",
        "salt": b64(salt),
        "share": b64(share),
        "argon2id": b64(stretched),
        "kek": b64(kek),
        "plain": plain.decode(),
        "blob": b64(blob),
    }


def halved() -> dict[str, Any]:
    """A compartment's key in two halves, each sealed to its side of the archive."""
    made, _told = compartment("narrative")
    first = fixed("half")
    halves = []
    for side, half in zip(SIDES, (first, xor(made.key, first)), strict=True):
        to = box(f"tim-arsip-{side}-202611")
        w = wrap_half(half, made.d, side, to["kid"], unb64(to["public"]))
        told = {"half": b64(half), "proof": b64(proof(half, made.d)), "w": b64(w)}
        halves.append({"side": side, "kid": to["kid"], "seed": to["seed"], **told})
    return {"d": b64(made.d), "key": b64(made.key), "halves": halves}


def epoch() -> dict[str, str]:
    """A team's private seed, sealed to a member."""
    team, member = box("tim-asesmen-202611"), box("anggota-a1b2c3")
    info = b"\0".join((b"teduh/v1/epoch", team["kid"].encode(), member["kid"].encode()))
    public = suite.box_public(fixed("box anggota-a1b2c3"))
    w = suite.box_seal(public, info, fixed("box tim-asesmen-202611"))
    return {
        "kid": team["kid"],
        "member_kid": member["kid"],
        "member_seed": member["seed"],
        "seed": team["seed"],
        "public": team["public"],
        "w": b64(w),
    }


def tab() -> dict[str, str]:
    """The key of a browser tab."""
    secret, session, nonce = fixed("server secret"), "s" * 32, b64(fixed("nonce", 16))
    message = b"\0".join((b"teduh/v1/tab", session.encode(), nonce.encode()))
    return {
        "server_secret": b64(secret),
        "session_key": session,
        "nonce": nonce,
        "key": b64(suite.mac(secret, message)),
    }


def rest() -> dict[str, str]:
    """A wrap as the database keeps it, under the unit key of its subject."""
    made, _told = compartment("narrative")
    wrap_ = fixed("rest") * 36 + bytes(16)
    unit, kid = fixed("unit"), box("pemulihan")["kid"]
    with fixed_randomness("rest"):
        stored = suite.enclose(unit, wrap_, suite.sha256(made.d) + kid.encode())
    return {"unit": b64(unit), "d": b64(made.d), "kid": kid, "w": b64(wrap_), "stored": b64(stored)}


def everything() -> dict[str, Any]:
    """The whole file."""
    names = ("identity", "narrative", "file", "chat", "list")
    opened, _told = compartment("narrative")
    wraps = [wrapped(opened, name) for name in ("tim-asesmen-202611", "pemulihan", "pelapor")]
    return {
        "about": "Fixed examples of docs/sealing.md. Bytes are base64url without padding.",
        "boxes": [box(n) for n in ("tim-asesmen-202611", "pemulihan", "anggota-a1b2c3", "pelapor")],
        "signers": [signer(n) for n in ("akar", "pejabat-a1b2c3", "tanda-a1b2c3", "pelapor")],
        "compartments": [compartment(name)[1] for name in names],
        "wraps": wraps,
        "reopened": reopened(wraps),
        "halves": halved(),
        "envelopes": envelopes(),
        "addition": addition(),
        "renewal": renewal(),
        "file": file(),
        "resume": resume(),
        "statements": statements(),
        "trust": trust(),
        "reporter": reporters(),
        "spellings": spellings(),
        "keyring": keyring(),
        "epoch": epoch(),
        "tab": tab(),
        "rest": rest(),
    }


if __name__ == "__main__":
    text = json.dumps(everything(), indent=1, ensure_ascii=False)
    PLACE.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{PLACE}: {len(text)} characters\n")
