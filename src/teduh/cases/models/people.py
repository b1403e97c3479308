"""Persons and incidents of a case: coded facts, and the name of the sealed card."""

from typing import ClassVar

from django.db import models

from teduh.cases.models.case import Case
from teduh.cases.words import GbvType, Nationality, PersonRole


class Person(models.Model):
    """Somebody in a case. `item`: the sealed card that says who it is, empty where nobody knows."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    number = models.PositiveSmallIntegerField()  # within the case, for pages and letters
    role = models.CharField(max_length=16, choices=PersonRole.choices)
    item = models.CharField(max_length=22, blank=True)
    sex = models.CharField(max_length=16, blank=True)
    age_band = models.CharField(max_length=16, blank=True)
    disability = models.CharField(max_length=16, blank=True)
    education = models.CharField(max_length=16, blank=True)
    occupation = models.CharField(max_length=16, blank=True)
    marital = models.CharField(max_length=16, blank=True)
    nationality = models.CharField(max_length=10, choices=Nationality.choices, blank=True)
    relation = models.CharField(max_length=32, blank=True)  # of the accused to the survivor
    interpreter = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)  # a migrant worker sent or come back

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("case", "number", "role", "item", "sex", "age_band", "disability", "education"),
            *("occupation", "marital", "nationality", "relation", "interpreter", "returned"),
        ),
        "open",
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_person_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.role}"


class Incident(models.Model):
    """Something that was done, apart from whom it was done to: one main kind, several others."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="incidents")
    number = models.PositiveSmallIntegerField()
    main_kind = models.CharField(max_length=32)
    gbv = models.CharField(max_length=20, choices=GbvType.choices, blank=True)
    day = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=32, blank=True)
    area_code = models.CharField(max_length=16, blank=True)
    online = models.BooleanField(default=False)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(
        ("case", "number", "main_kind", "gbv", "day", "place", "area_code", "online"), "open"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="cases_incident_number")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.main_kind}"


class IncidentCode(models.Model):
    """One of several answers about an incident: other kinds, forms of exploitation, barriers."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="codes")
    question = models.CharField(max_length=16)
    code = models.CharField(max_length=32)

    privacy: ClassVar[dict[str, str]] = dict.fromkeys(("incident", "question", "code"), "open")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "question", "code"], name="cases_incident_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.code}"
