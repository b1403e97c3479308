"""What the pages of letters may send in the open: to whom, by whom, and who agreed."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.directory import codes
from teduh.services.actions.lettering import Told
from teduh.services.day_forms import plausible
from teduh.services.letters import MEMBER, PROVIDER, Template
from teduh.services.models import Letter
from teduh.services.queries import lettering as queries
from teduh.services.words import LetterReason

NONE = [("", "–")]


class LetterForm(forms.Form):
    """The open facts of a letter of one template; a field that it does not ask is not there."""

    def __init__(
        self,
        data: Any = None,
        *,
        template: Template,
        case: Case,
        at: datetime,
        letter: Letter | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(letter) if letter else None)
        self.people = {str(one.pk): one for one in queries.survivors(case)}
        self.providers = {one.code: one for one in queries.receivers(template)}
        self.members = {one.code: one for one in queries.assignable(template, case, at)}
        self.signers = {one.code: one for one in queries.signers(case, at)}
        if template.to == PROVIDER:
            named = [(code, one.shown) for code, one in self.providers.items()]
            self.fields["provider"] = _choice(_("Kepada"), named)
        if template.to == MEMBER:
            named = [(code, one.name) for code, one in self.members.items()]
            self.fields["assigned"] = _choice(_("Yang ditugaskan"), named)
        if template.service:
            self.fields["service"] = _choice(_("Layanan"), codes.choices("service"))
        signing = [(code, one.name) for code, one in self.signers.items()]
        self.fields["signatory"] = _choice(_("Penanda tangan"), signing)
        if template.consent:
            self._ask_who_agreed(template)

    def _ask_who_agreed(self, template: Template) -> None:
        named = [(pk, f"{one.get_role_display()} {one.number}") for pk, one in self.people.items()]
        who = [one for one in ConsentBy.choices if template.duty or one[0] != ConsentBy.DUTY]
        self.fields["person"] = _choice(_("Tentang siapa"), named)
        self.fields["agreed_by"] = _choice(_("Siapa yang setuju"), who)
        self.fields["agreed_how"] = _choice(_("Bagaimana"), ConsentHow.choices)
        self.fields["agreed_day"] = forms.DateField(
            label=_("Hari persetujuannya"),
            validators=[plausible],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"required": _("Pilih tanggalnya."), "invalid": _("Pilih tanggalnya.")},
        )

    def drawn(self) -> list[tuple[str, Any]]:
        """How each field is drawn (`answer` or `choice`), and itself."""
        return [
            ("answer" if name == "agreed_day" else "choice", self[name]) for name in self.fields
        ]

    def told(self) -> Told:
        """What a valid form says."""
        given = self.cleaned_data
        return Told(
            signatory=self.signers[given["signatory"]],
            person=self.people.get(given.get("person", "")),
            provider=self.providers.get(given.get("provider", "")),
            assigned=self.members.get(given.get("assigned", "")),
            service=given.get("service", ""),
            agreed_by=given.get("agreed_by", ""),
            agreed_how=given.get("agreed_how", ""),
            agreed_day=given.get("agreed_day"),
        )


class CancelForm(forms.Form):
    """Why a letter is cancelled."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=[*NONE, *LetterReason.choices])


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[*NONE, *choices], error_messages={"required": _("Pilih salah satu.")}
    )


def _initial(letter: Letter) -> dict[str, object]:
    return {
        "provider": letter.provider.code if letter.provider else "",
        "assigned": letter.assigned.code if letter.assigned else "",
        "person": str(letter.person_id or ""),
        "signatory": letter.signatory.code,
        **{name: getattr(letter, name) for name in ("service", "agreed_by", "agreed_how")},
        "agreed_day": letter.agreed_day,
    }
