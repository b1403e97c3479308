"""What the pages of this room may send. Forms check shape; actions decide."""

from teduh.directory.forms.helpers import Day, HelperForm, QualificationForm
from teduh.directory.forms.providers import (
    STAYS,
    TOO_OPEN,
    WRONG,
    MemorandumForm,
    ProviderForm,
    SheetForm,
)
from teduh.directory.forms.ways import ChannelForm

__all__ = [
    "STAYS",
    "TOO_OPEN",
    "WRONG",
    "ChannelForm",
    "Day",
    "HelperForm",
    "MemorandumForm",
    "ProviderForm",
    "QualificationForm",
    "SheetForm",
]
