"""Tables of a case: codes and days. Every word about it lies in the vault."""

from teduh.cases.models.assessing import Part, PartGrant
from teduh.cases.models.case import Case, CaseQuery, Crew, Step, Told, quiet_on
from teduh.cases.models.daily import Contact, Note, Task
from teduh.cases.models.guarding import BreakGlass
from teduh.cases.models.legal import JusticeStep, Protection, VisumStep
from teduh.cases.models.linking import Link
from teduh.cases.models.merging import Merge
from teduh.cases.models.people import Incident, IncidentCode, Person
from teduh.cases.models.plan import Goal, Plan
from teduh.cases.models.recovery import Closure, Review
from teduh.cases.models.rights import RightStep
from teduh.cases.models.risk import Assessment, Retaliation
from teduh.cases.models.supervising import Sample, SampleAnswer
from teduh.cases.models.transfers import Arrival, PeerOffice, Transfer

__all__ = [
    "Arrival",
    "Assessment",
    "BreakGlass",
    "Case",
    "CaseQuery",
    "Closure",
    "Contact",
    "Crew",
    "Goal",
    "Incident",
    "IncidentCode",
    "JusticeStep",
    "Link",
    "Merge",
    "Note",
    "Part",
    "PartGrant",
    "PeerOffice",
    "Person",
    "Plan",
    "Protection",
    "Retaliation",
    "Review",
    "RightStep",
    "Sample",
    "SampleAnswer",
    "Step",
    "Task",
    "Told",
    "Transfer",
    "VisumStep",
    "quiet_on",
]
