"""What a reporter answered by choosing: values, no Django, nothing written by hand."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answers:
    """The coded answers of one form; empty text means the question was skipped."""

    door: str
    danger: str = ""
    sex: str = ""
    age_band: str = ""
    relation: str = ""
    place: str = ""
    area_code: str = ""
    event_when: str = ""
    disability: str = ""
    contact_via: str = ""
    officer_sex: str = ""
    avoid_team: bool = False
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def pairs(self) -> list[tuple[str, str]]:
        """Every answer that was given, as question and code."""
        single = (
            ("danger", self.danger),
            ("sex", self.sex),
            ("age_band", self.age_band),
            ("relation", self.relation),
            ("place", self.place),
            ("area_code", self.area_code),
            ("event_when", self.event_when),
            ("disability", self.disability),
            ("contact_via", self.contact_via),
            ("officer_sex", self.officer_sex),
        )
        several = [
            (question, code)
            for question, codes in self.several.items()
            for code in dict.fromkeys(codes)
        ]
        return [(question, code) for question, code in single if code] + several

    def nothing(self) -> bool:
        """Whether not one question was answered."""
        single = (
            self.danger,
            self.sex,
            self.age_band,
            self.relation,
            self.place,
            self.area_code,
            self.event_when,
            self.disability,
        )
        return not any(single) and not any(self.several.values())
