"""Every sentence of ours that is marked for translation, found without gettext's own tools.

`python -m tests.support.messages` prints what locale/en lacks, ready to be put into the .po.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2]
SOURCES = HOUSE / "src" / "teduh"
ENGLISH = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MARKS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
MARKED = re.compile(rf"\b(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


@dataclass(frozen=True)
class Message:
    """One sentence, and where it stands first."""

    msgid: str
    context: str = ""
    plural: str = ""
    place: str = field(default="", compare=False)


def marked() -> set[Message]:
    """Every message in our Python and in our templates."""
    found = set()
    for path in sorted(SOURCES.rglob("*.py")):
        found |= set(_in_python(path))
    for suffix in ("*.html", "*.txt"):
        for path in sorted(SOURCES.rglob(f"templates/**/{suffix}")):
            found |= set(_in_template(path))
    return found


def english() -> dict[tuple[str, str], polib.POEntry]:
    """The entries of the English translation, by context and sentence."""
    if not ENGLISH.is_file():
        return {}
    entries = polib.pofile(str(ENGLISH), encoding="utf-8")
    return {(entry.msgctxt or "", entry.msgid): entry for entry in entries if not entry.obsolete}


def missing() -> list[Message]:
    """Marked messages that English does not know, in the order of their places."""
    known = english()
    lacking = [one for one in marked() if (one.context, one.msgid) not in known]
    return sorted(lacking, key=lambda one: (one.place, one.msgid))


def _in_python(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _names_of_marks(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            parts = MARKS[names[node.func.id]]
            texts = [word for word in words if isinstance(word, str)]
            if len(texts) >= len(parts):
                yield _message(parts, texts, f"{path.relative_to(HOUSE)}:{node.lineno}")


def _names_of_marks(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                mark = alias.name.removesuffix("_lazy")
                if mark in MARKS:
                    names[alias.asname or alias.name] = mark
    return names


def _in_template(path: Path) -> Iterator[Message]:
    # Django writes each translation tag as a call with literals in it; the rest becomes XXX.
    calls = templatize(path.read_text(encoding="utf-8"))
    for found in MARKED.finditer(calls):
        texts = [ast.literal_eval(one) for one in re.findall(LITERAL, found[2], re.DOTALL)]
        parts = MARKS["gettext" if found[1] == "_" else found[1]]
        yield _message(parts, texts, str(path.relative_to(HOUSE)))


def _message(parts: tuple[str, ...], texts: list[str], place: str) -> Message:
    return Message(**dict(zip(parts, texts, strict=False)), place=place)


def _as_entry(message: Message) -> str:
    forms = {"msgid_plural": message.plural, "msgstr_plural": {0: "", 1: ""}}
    entry = polib.POEntry(
        msgid=message.msgid,
        msgctxt=message.context or None,
        occurrences=[(message.place, "")],
        **(forms if message.plural else {}),
    )
    return str(entry)


if __name__ == "__main__":
    sys.stdout.write("\n".join(_as_entry(one) for one in missing()))
