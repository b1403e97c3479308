"""Tables of the vault: ciphertext, wraps under unit keys, public keys. No plaintext anywhere."""

from teduh.vault.models.archive import Half, Pair, Recall, Resting
from teduh.vault.models.grants import Grant, GrantWrap, PartnerLink
from teduh.vault.models.keys import (
    Certificate,
    Departure,
    EpochWrap,
    Keyring,
    Manifest,
    PublicKey,
    UnitKey,
    Unlock,
)
from teduh.vault.models.ownwords import OwnWrap
from teduh.vault.models.sealed import (
    Acceptance,
    Arriving,
    Card,
    Compartment,
    Envelope,
    Renewal,
    ReporterKey,
    SecondLook,
    Upload,
    Wrap,
)

__all__ = [
    "Acceptance",
    "Arriving",
    "Card",
    "Certificate",
    "Compartment",
    "Departure",
    "Envelope",
    "EpochWrap",
    "Grant",
    "GrantWrap",
    "Half",
    "Keyring",
    "Manifest",
    "OwnWrap",
    "Pair",
    "PartnerLink",
    "PublicKey",
    "Recall",
    "Renewal",
    "ReporterKey",
    "Resting",
    "SecondLook",
    "UnitKey",
    "Unlock",
    "Upload",
    "Wrap",
]
