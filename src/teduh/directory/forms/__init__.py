"""What the pages of this room may send. Forms check shape; actions decide."""

from teduh.directory.forms.helpers import Day, HelperForm, QualificationForm
from teduh.directory.forms.ways import ChannelForm

__all__ = ["ChannelForm", "Day", "HelperForm", "QualificationForm"]
