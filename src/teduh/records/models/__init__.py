"""Tables of what the law asks: codes and days. What somebody wrote lies in the vault."""

from teduh.records.models.keeping import Erasure, ErasureQuery, Retained, RetainedQuery

__all__ = ["Erasure", "ErasureQuery", "Retained", "RetainedQuery"]
