"""Pydantic's models as Swagger 2.0 has them, so that what checks is what documents."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode


def definitions(model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
    """Describe a model and those within it, by their names."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}", mode=mode)
    found = {**schema.pop("$defs", {}), model.__name__: schema}
    return {name: _older(each) for name, each in found.items()}


def query_parameters(model: type[BaseModel]) -> dict[str, Any]:
    """Describe what a model takes from the address."""
    schema = model.model_json_schema()
    for described in schema["properties"].values():
        del described["title"]  # parameters have none
    required = schema.get("required", [])
    return {
        name: {"in": "query", "required": name in required, **_older(described)}
        for name, described in schema["properties"].items()
    }


def _older(schema: Any) -> Any:  # noqa: ANN401 (any JSON)
    """Say what Swagger 2.0 has other words for, examples and null; leave out defaults of null."""
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
        schema |= others[0] if len(others) == 1 else {}  # of several it can say nothing
        schema |= {"x-nullable": True} if len(others) < len(ways) else {}
    return schema
