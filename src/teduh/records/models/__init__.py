"""Tables of what the law asks: codes and days. What somebody wrote lies in the vault."""

from teduh.records.models.asking import DataRequest, DataRequestQuery
from teduh.records.models.breaching import Breach, BreachQuery, Exposed, Touched
from teduh.records.models.consenting import Consent, ConsentQuery
from teduh.records.models.keeping import Erasure, ErasureQuery, Retained, RetainedQuery
from teduh.records.models.packing import Custody, Packet, PacketGrant, PacketItem
from teduh.records.models.restoring import Restore, RestoreCheck

__all__ = [
    "Breach",
    "BreachQuery",
    "Consent",
    "ConsentQuery",
    "Custody",
    "DataRequest",
    "DataRequestQuery",
    "Erasure",
    "ErasureQuery",
    "Exposed",
    "Packet",
    "PacketGrant",
    "PacketItem",
    "Restore",
    "RestoreCheck",
    "Retained",
    "RetainedQuery",
    "Touched",
]
