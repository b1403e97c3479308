"""Values against a JSON schema, for the few keywords that the schema of FHIR is written with."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "boolean": bool,
}  # fmt: skip
KNOWN = frozenset(
    {"$ref", "type", "properties", "required", "additionalProperties", "items", "oneOf", "const",
     "enum", "pattern"}
)  # fmt: skip
SAYS_NOTHING = frozenset({"$schema", "id", "description", "definitions"})


def flaws(
    value: object, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = ""
) -> list[str]:
    """Place and keyword of everything that does not fit; raises for a keyword not known here."""
    unknown = set(schema) - KNOWN - SAYS_NOTHING
    assert not unknown, unknown
    return list(_flaws(value, schema, root, at))


def _flaws(
    value: object, schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    if "$ref" in schema:
        yield from flaws(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, at)
    yield from (f"{at}: {keyword}" for keyword in _unmet(value, schema))
    if "oneOf" in schema and sum(not flaws(value, one, root, at) for one in schema["oneOf"]) != 1:
        yield f"{at}: oneOf"
    if isinstance(value, dict):
        yield from _inside(value, schema, root, at)
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from flaws(one, schema["items"], root, f"{at}/{number}")


def _unmet(value: object, schema: Mapping[str, Any]) -> list[str]:
    """Keywords about a value itself that it does not meet."""
    kind, pattern = schema.get("type"), schema.get("pattern")
    met = {
        "type": kind is None
        or (isinstance(value, TYPES[kind]) and (kind != "number" or not isinstance(value, bool))),
        "const": value == schema.get("const", value),
        "enum": value in schema.get("enum", [value]),
        "pattern": pattern is None or (isinstance(value, str) and bool(re.search(pattern, value))),
    }
    return [keyword for keyword, is_met in met.items() if not is_met]


def _inside(
    value: dict[str, object], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (
        f"{at}: required {name}" for name in schema.get("required", ()) if name not in value
    )
    for name, one in value.items():
        if name in known:
            yield from flaws(one, known[name], root, f"{at}/{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: additionalProperties {name}"
