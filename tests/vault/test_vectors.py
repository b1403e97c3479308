"""The examples both sides keep to: computed again, or opened where chance had a part."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from teduh.lib.codes import read_ticket
from teduh.tickets.rules import stored_auth
from teduh.vault import codes, manifest, reporter, suite
from teduh.vault.envelope import (
    Compartment,
    Place,
    open_file,
    open_item,
    statement_by,
    unwrap,
)
from teduh.vault.keywork import read_opened
from teduh.vault.packages import SealedItem, b64, header_of, unb64
from teduh.vault.rules import ADDITION, HELLO, RENEW, Refused, fits, kid_of
from tests.vault import halves
from tests.vectors import make

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "sealing.json").read_text(encoding="utf-8")
)
CHANCE = {"wraps", "reopened", "halves", "epoch"}  # HPKE draws its own randomness
LABELS = {
    "teduh/v1/cert",
    "teduh/v1/manifest",
    "teduh/v1/desc",
    "teduh/v1/grant",
    "teduh/v1/own",
    "teduh/v1/accept",
    "teduh/v1/risk",
    "teduh/v1/reopened",
    "teduh/v1/renew",
}


def compartment_of(cmp: str) -> Compartment:
    """The open compartment of the examples with this hash."""
    found = next(one for one in VECTORS["compartments"] if one["cmp"] == cmp)
    return Compartment(unb64(found["key"]), unb64(found["d"]))


def item_of(told: dict[str, str]) -> SealedItem:
    """An envelope of the examples."""
    hdr = unb64(told["hdr"])
    return SealedItem(hdr, unb64(told["ct"]), unb64(told["sig"]), header_of(hdr))


@pytest.mark.parametrize("part", [name for name in VECTORS if name not in CHANCE])
def test_the_examples_come_out_the_same_again(part: str) -> None:
    assert make.everything()[part] == VECTORS[part]


def test_a_seed_gives_its_key_pair_and_its_name() -> None:
    for box in VECTORS["boxes"]:
        public = suite.box_public(unb64(box["seed"]))
        assert public == unb64(box["public"])
        assert kid_of(box["name"], suite.sha256(public)) == box["kid"]


def test_a_wrap_opens_in_its_place() -> None:
    for one in VECTORS["wraps"]:
        said = json.loads(unb64(one["d"]))
        place = Place(said["inst"], said["subject"], said["comp"])
        opened = unwrap(unb64(one["d"]), one["kid"], unb64(one["w"]), unb64(one["seed"]), place)
        assert opened.key == unb64(one["key"])


def test_a_word_about_wraps_names_these_wraps() -> None:
    told = VECTORS["reopened"]
    assert make.reopened(VECTORS["wraps"]) == told
    said = read_opened(unb64(told["body"]))
    assert (said.inst, said.epoch, said.day, said.by) == (
        told["inst"], told["epoch"], told["day"], told["by"]
    )  # fmt: skip
    assert [one.sha256 for one in said.opened] == [
        b64(suite.sha256(unb64(one["w"]))) for one in VECTORS["wraps"]
    ]


def test_two_halves_open_each_on_its_side_and_give_the_key() -> None:
    told = VECTORS["halves"]
    d, said = unb64(told["d"]), json.loads(unb64(told["d"]))
    opened = []
    for one in told["halves"]:
        w, seed, proof = (unb64(one[name]) for name in ("w", "seed", "proof"))
        half = halves.open_half(w, d, one["side"], one["kid"], seed, proof)
        assert (half, halves.proof(half, d)) == (unb64(one["half"]), proof)
        opened.append(half)
    place = Place(said["inst"], said["subject"], said["comp"])
    assert halves.join(opened[0], opened[1], d, place).key == unb64(told["key"])


def test_an_envelope_opens_as_its_text() -> None:
    for one in VECTORS["envelopes"]:
        item = item_of(one)
        text = open_item(compartment_of(item.said["cmp"]), item, one["what"], unb64(one["signer"]))
        assert text.decode() == one["text"]
        assert fits(one["pad"], len(item.ct))


def test_a_new_code_is_vouched_for_by_whoever_held_the_one_before() -> None:
    told = VECTORS["renewal"]
    item = item_of(told["hello"])
    chat = Compartment(unb64(told["key"]), unb64(told["d"]))
    said = json.loads(open_item(chat, item, HELLO, unb64(told["said"]["tanda"])))
    assert said == told["said"]
    body, sig = (unb64(told["statement"][name]) for name in ("body", "sig"))
    assert statement_by(unb64(told["tanda"]), RENEW, body, sig)
    assert json.loads(body)["hello"] == b64(suite.sha256(item.hdr + item.ct))


def test_a_statement_names_the_compartment_that_was_added() -> None:
    told = VECTORS["addition"]
    statement, descriptor = item_of(told["statement"]), unb64(told["d"])
    signer = unb64(told["statement"]["signer"])
    text = open_item(compartment_of(statement.said["cmp"]), statement, ADDITION, signer)
    named = [b64(suite.sha256(descriptor))]
    assert json.loads(text) == {"ticket": make.TICKET, "gen": 2, "d": named}
    assert json.loads(descriptor)["gen"] == statement.seq == 2


def test_a_file_opens_as_its_body() -> None:
    told = VECTORS["file"]
    hdr = unb64(told["hdr"])
    body = open_file(compartment_of(header_of(hdr)["cmp"]), hdr, unb64(told["ct"]))
    assert body == bytes(n % 251 for n in range(told["size"]))


def test_every_label_signs_for_itself_only() -> None:
    assert {one["label"] for one in VECTORS["statements"]} == LABELS
    for one in VECTORS["statements"]:
        key, body, sig = (unb64(one[name]) for name in ("public", "body", "sig"))
        assert [label for label in sorted(LABELS) if statement_by(key, label, body, sig)] == [
            one["label"]
        ]


def trusted(day: str, grace: int) -> dict[str, Any]:
    """What the examples' manifest says on a day."""
    told = VECTORS["trust"]
    root = unb64(told["root"]["public"])
    return manifest.read(told["package"], root, make.INST, date.fromisoformat(day), grace)


def test_a_manifest_counts_from_its_first_day_to_the_end_of_its_grace() -> None:
    days = VECTORS["trust"]["days"]
    for name, grace in (("first", 0), ("last", 0), ("last_with_grace", 90)):
        assert trusted(days[name], grace)["serial"] == 7
    for name, grace in (("too_early", 90), ("too_late", 90), ("last_with_grace", 0)):
        with pytest.raises(Refused, match="date"):
            trusted(days[name], grace)


def test_a_manifest_vouches_for_its_keys_as_what_they_are() -> None:
    said = trusted("2026-11-24", 0)
    for key in VECTORS["trust"]["keys"]:
        manifest.vouch(said, key["kind"], key["kid"], unb64(key["key"]))
    team, recovery = VECTORS["trust"]["keys"][:2]
    for kind, kid, public in (
        ("recovery", team["kid"], team["key"]),
        ("team", recovery["kid"], team["key"]),
        ("team", team["kid"], recovery["key"]),
    ):
        with pytest.raises(Refused, match="key"):
            manifest.vouch(said, kind, kid, unb64(public))


def test_the_secret_code_gives_token_box_and_signature() -> None:
    told = VECTORS["reporter"]
    stem = reporter.stretched(int(told["code"]), told["inst"], told["ticket"])
    auth = reporter.auth_token(stem)
    her = reporter.keys(stem, reporter.relay(unb64(told["server_secret"]), told["ticket"]))
    assert auth == unb64(told["auth"])
    assert stored_auth(auth, unb64(told["pepper"])) == told["auth_kept"]
    assert (her.box_public, her.box_kid) == (unb64(told["kotak"]), told["kotak_kid"])
    assert (her.sign_public, her.author.kid) == (unb64(told["tanda"]), told["tanda_kid"])


def test_a_code_is_read_in_either_spelling_as_people_type_it() -> None:
    told = VECTORS["spellings"]
    for one in told["codes"]:
        assert codes.as_bytes(int(one["code"])) == unb64(one["bytes"])
        assert codes.read(one["digits"]) == codes.read(one["words"]) == int(one["code"])
    for one in told["typed"]:
        assert codes.read(one["typed"]) == int(one["code"])
    for typed in told["refused"]:
        with pytest.raises(codes.WrongSpelling):
            codes.read(typed)
    for one in told["tickets"]:
        assert read_ticket(one["typed"]) == one["ticket"]


def test_phrase_and_share_together_open_a_keyring() -> None:
    told = VECTORS["keyring"]
    stretched = suite.stretch_phrase(told["typed"], unb64(told["salt"]))
    assert stretched == unb64(told["argon2id"])
    kek = suite.derive(stretched + unb64(told["share"]), b"", "teduh/v1/kek")
    label = b"teduh/v1/keyring\0" + told["member"].encode()
    assert suite.disclose(kek, unb64(told["blob"]), label).decode() == told["plain"]


def test_an_epoch_seed_opens_for_its_member_only() -> None:
    told = VECTORS["epoch"]
    w, seed = unb64(told["w"]), unb64(told["member_seed"])
    info = b"\0".join((b"teduh/v1/epoch", told["kid"].encode(), told["member_kid"].encode()))
    opened = suite.box_open(seed, info, w)
    assert suite.box_public(opened) == unb64(told["public"])
    with pytest.raises(suite.CannotOpen):
        suite.box_open(seed, info + b"x", w)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
        lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]),
        lambda raw: raw[:-1],
        lambda raw: b"",
    ],
    ids=["first bit", "last bit", "cut", "empty"],
)
def test_a_spoilt_wrap_at_rest_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    told = VECTORS["rest"]
    context = suite.sha256(unb64(told["d"])) + told["kid"].encode()
    unit, stored = unb64(told["unit"]), unb64(told["stored"])
    assert suite.disclose(unit, stored, context) == unb64(told["w"])
    with pytest.raises(suite.CannotOpen):
        suite.disclose(unit, spoil(stored), context)
    with pytest.raises(suite.CannotOpen):
        suite.disclose(unit, stored, context + b"x")
