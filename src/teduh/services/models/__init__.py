"""Tables of the room services."""

from teduh.services.models.caring import (
    Care,
    CareQuery,
    CareStep,
)
from teduh.services.models.health import (
    FeeAnswer,
    Handing,
    MedicalOrder,
    MedicalOrderQuery,
    Particulars,
)
from teduh.services.models.hearings import (
    Hearing,
    HearingQuery,
)
from teduh.services.models.kits import (
    Batch,
    KitEntry,
    Shelf,
)
from teduh.services.models.lettering import (
    Letter,
    LetterCount,
    LetterQuery,
)
from teduh.services.models.letters import (
    PoliceLetter,
)
from teduh.services.models.pathways import (
    PathwayTick,
)
from teduh.services.models.psych import (
    Measure,
    PsychLook,
    PsychPlan,
    PsychPlanQuery,
)
from teduh.services.models.referring import (
    Referral,
    ReferralQuery,
    ReferralStep,
)
from teduh.services.models.sessions import (
    Session,
    SessionQuery,
    Slot,
)
from teduh.services.models.sheltering import (
    Extension,
    Shelter,
    ShelterRoom,
    Stay,
    StayQuery,
    TurnAway,
)
from teduh.services.models.supporting import (
    Beneficiary,
    Payment,
    Support,
    SupportQuery,
)
from teduh.services.models.visiting import (
    Station,
    Visit,
    VisitQuery,
)

__all__ = [
    "Batch",
    "Beneficiary",
    "Care",
    "CareQuery",
    "CareStep",
    "Extension",
    "FeeAnswer",
    "Handing",
    "Hearing",
    "HearingQuery",
    "KitEntry",
    "Letter",
    "LetterCount",
    "LetterQuery",
    "Measure",
    "MedicalOrder",
    "MedicalOrderQuery",
    "Particulars",
    "PathwayTick",
    "Payment",
    "PoliceLetter",
    "PsychLook",
    "PsychPlan",
    "PsychPlanQuery",
    "Referral",
    "ReferralQuery",
    "ReferralStep",
    "Session",
    "SessionQuery",
    "Shelf",
    "Shelter",
    "ShelterRoom",
    "Slot",
    "Station",
    "Stay",
    "StayQuery",
    "Support",
    "SupportQuery",
    "TurnAway",
    "Visit",
    "VisitQuery",
]
