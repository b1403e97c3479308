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
