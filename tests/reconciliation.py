"""JSON Schemas of the Reconciliation Service API 0.2, written from its specification.

https://reconciliation-api.github.io/specs/0.2/, sections 3 (manifest), 4 (queries and candidates),
5 (suggest), 7 (data extension). They are ours, not copies of the schemas that go with it, and
stricter: what the specification does not name may not be there.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}


def _object(required: dict[str, Schema], **optional: Schema) -> Schema:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TYPE = {"oneOf": [TEXT, _object({"id": TEXT}, name=TEXT)]}
_WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
_SERVICE = _object({"service_url": TEXT, "service_path": TEXT})
MANIFEST = _object(
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
    },
    documentation=TEXT,
    serviceVersion=TEXT,
    defaultTypes=_list(_object({"id": TEXT, "name": TEXT})),
    view=_object({"url": _WITH_ID}),
    preview=_object({"url": _WITH_ID, "width": {"type": "integer"}, "height": {"type": "integer"}}),
    suggest=_object({}, entity=_SERVICE, type=_SERVICE, property=_SERVICE),
    extend=_object({}, propose_properties=_SERVICE, property_settings={"type": "array"}),
)
_CANDIDATE = _object(
    {"id": TEXT, "name": TEXT, "score": {"type": "number"}},
    description=TEXT,
    match={"type": "boolean"},
    type=_list(_TYPE),
    features=_list(_object({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
)
RESULTS: Schema = {"type": "object", "additionalProperties": _object({"result": _list(_CANDIDATE)})}
SUGGESTIONS = _object(
    {"result": _list(_object({"id": TEXT, "name": TEXT}, description=TEXT, notable=_list(_TYPE)))}
)
_VALUE = {
    "oneOf": [
        _object({}),
        _object({"id": TEXT, "name": TEXT}, description=TEXT),
        _object({"str": TEXT}),
        _object({"float": {"type": "number"}}),
        _object({"int": {"type": "integer"}}),
        _object({"date": TEXT}),
    ]
}
EXTENSION = _object(
    {
        "meta": _list(_object({"id": TEXT, "name": TEXT}, type=_object({"id": TEXT}, name=TEXT))),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _list(_VALUE)},
        },
    }
)
PROPERTIES = _object(
    {"properties": _list(_object({"id": TEXT, "name": TEXT}))}, type=TEXT, limit={"type": "integer"}
)
