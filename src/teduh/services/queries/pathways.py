"""Reading the pathways of a case: those of the places of its incidents, and what was done on each."""

from dataclasses import dataclass

from teduh.cases.models import Case
from teduh.cases.queries import incidents_of
from teduh.services.models import PathwayTick
from teduh.services.pathways import ONLINE, Pathway, Task, of_places
from teduh.services.queries.merged import with_merged


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A pathway with its tasks, each with the row that says it was done, or none."""

    pathway: Pathway
    tasks: tuple[tuple[Task, PathwayTick | None], ...]


def of_case(case: Case) -> list[OnItsWay]:
    """Every pathway that the places of a case ask for."""
    incidents = incidents_of(case)
    places = {one.place for one in incidents} | {ONLINE for one in incidents if one.online}
    found = of_places(places)
    if not found:
        return []
    rows = PathwayTick.objects.filter(case__in=with_merged(case))
    done = {(one.pathway, one.task): one for one in rows.select_related("member")}
    return [
        OnItsWay(way, tuple((task, done.get((way.key, task.key))) for task in way.tasks))
        for way in found
    ]
