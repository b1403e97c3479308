"""The forms of a page as a person finds them: fields, what stands in them, what may be typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "email", "tel", "search", "url", "password", "number", "datetime-local", ""}
SECRET = {"new-password", "current-password", "one-time-code"}  # words of autocomplete


@dataclass
class Field:
    """One field: where it is typed into, `value` is what stands there."""

    name: str
    kind: str  # of an input, or textarea, select
    value: str = ""
    secret: bool = False
    choices: list[str] = field(default_factory=list)
    by_script: bool = False  # sealed in the browser; nothing typed there is ever sent

    @property
    def typed(self) -> bool:
        """Whether a person writes words into it."""
        return self.kind == "textarea" or self.kind in TYPED


@dataclass
class Form:
    """One form that posts."""

    action: str
    kept: bool  # whether a browser may write into its own files what stands in it
    fields: list[Field] = field(default_factory=list)

    def typed(self) -> list[Field]:
        """Where a person writes."""
        return [one for one in self.fields if one.typed and one.name and not one.by_script]

    def others(self) -> Iterator[Field]:
        """What is chosen, or stands there already."""
        return (one for one in self.fields if not one.typed and one.name and one.kind != "file")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.now: Form | None = None
        self.within: Field | None = None
        self.by_script = False

    def handle_starttag(self, tag: str, told: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in told}
        if tag == "form":
            kept = given.get("autocomplete") != "off"
            posts = given.get("method") == "post"
            self.now = Form(given.get("action", ""), kept) if posts else None
            self.by_script = bool(
                {"data-seal", "data-slice", "data-file-report"} & set(given)
            )  # sent by fetch: the page stays as it is
            if self.now:
                self.forms.append(self.now)
        elif self.now and tag in {"input", "textarea", "select", "button"}:
            self._found(tag, given)
        elif tag == "option" and self.within:
            self.within.choices.append(given.get("value", ""))

    def _found(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "") if tag == "input" else tag
        secret = kind == "password" or given.get("autocomplete", "") in SECRET
        made = Field(given.get("name", ""), kind, given.get("value", ""), secret)
        made.by_script = self.by_script
        if kind in {"radio", "checkbox", "button"}:
            made.choices = [given.get("value", "on")]
        assert self.now
        self.now.fields.append(made)
        self.within = made if tag in {"textarea", "select"} else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        if tag in {"textarea", "select"} and self.within:
            self.within.value = self.within.value.removeprefix("\n")
            self.within = None

    def handle_data(self, text: str) -> None:
        if self.within and self.within.kind == "textarea":
            self.within.value += text


def forms_of(page: str) -> list[Form]:
    """Every form of a page that posts."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
