"""Tables of the room services."""

from teduh.services.models.referring import Referral, ReferralQuery, ReferralStep

__all__ = ["Referral", "ReferralQuery", "ReferralStep"]
