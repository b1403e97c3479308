"""What the pages of this room may send. Forms check shape; actions decide."""

from teduh.access.forms.factors import (
    CodeAgainForm,
    CodeForm,
    NewAppForm,
    NewPasskeyForm,
    PasskeyAgainForm,
    PasskeyForm,
    PasskeyNameForm,
)
from teduh.access.forms.office import (
    CLOSED_TO,
    AbsenceForm,
    ConflictForm,
    DutyForm,
    ElevationForm,
    InviteForm,
    LiftForm,
    LostFactorForm,
    OnCallForm,
    PasswordForm,
    RolesForm,
    TrailForm,
)

__all__ = [
    "CLOSED_TO",
    "AbsenceForm",
    "CodeAgainForm",
    "CodeForm",
    "ConflictForm",
    "DutyForm",
    "ElevationForm",
    "InviteForm",
    "LiftForm",
    "LostFactorForm",
    "NewAppForm",
    "NewPasskeyForm",
    "OnCallForm",
    "PasskeyAgainForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "PasswordForm",
    "RolesForm",
    "TrailForm",
]
