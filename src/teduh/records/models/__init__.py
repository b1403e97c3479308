"""Tables of what the law asks: codes and days. What somebody wrote lies in the vault."""

from teduh.records.models.asking import DataRequest, DataRequestQuery
from teduh.records.models.breaching import Breach, BreachQuery, Exposed, Touched
from teduh.records.models.keeping import Erasure, ErasureQuery, Retained, RetainedQuery

__all__ = [
    "Breach",
    "BreachQuery",
    "DataRequest",
    "DataRequestQuery",
    "Erasure",
    "ErasureQuery",
    "Exposed",
    "Retained",
    "RetainedQuery",
    "Touched",
]
