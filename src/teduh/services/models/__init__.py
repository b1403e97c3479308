"""Tables of the room services."""

from teduh.services.models.caring import Care, CareQuery, CareStep
from teduh.services.models.referring import Referral, ReferralQuery, ReferralStep

__all__ = ["Care", "CareQuery", "CareStep", "Referral", "ReferralQuery", "ReferralStep"]
