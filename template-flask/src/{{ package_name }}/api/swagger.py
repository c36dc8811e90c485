"""The JSON schemas of Pydantic models, converted to Swagger 2.0."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode


def definitions(model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
    """The schemas of a model and its nested models, by name."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}", mode=mode)
    found = {**schema.pop("$defs", {}), model.__name__: schema}
    return {name: _older(each) for name, each in found.items()}


def query_parameters(model: type[BaseModel]) -> dict[str, Any]:
    """The query parameters of a model."""
    schema = model.model_json_schema()
    for described in schema["properties"].values():
        del described["title"]  # parameters have none
    required = schema.get("required", [])
    return {
        name: {"in": "query", "required": name in required, **_older(described)}
        for name, described in schema["properties"].items()
    }


def _older(schema: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Convert examples and null to Swagger 2.0, and drop defaults of null."""
    if isinstance(schema, list):
        return [_older(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: _older(each) for name, each in schema.items() if each is not None}
    if isinstance(examples := schema.get("examples"), list):
        del schema["examples"]
        schema["example"] = examples[0]
    if isinstance(ways := schema.get("anyOf"), list):
        del schema["anyOf"]
        others = [way for way in ways if way.get("type") != "null"]
        schema |= others[0] if len(others) == 1 else {}  # Swagger 2.0 has no unions
        schema |= {"x-nullable": True} if len(others) < len(ways) else {}
    return schema
