"""JSON Schemas together with the document in which their references are resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Schema:
    """A part of a document, and the document that its references are resolved in."""

    node: Json
    document: Json

    def part(self, node: Json) -> "Schema":
        return Schema(node, self.document)

    def choices(self) -> Iterator["Schema"]:
        """Resolve references, and yield each alternative of `anyOf`."""
        node = self.node
        while "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            node = self.document["components"]["schemas"][name]
        kinds = node.get("type")
        if alternatives := node.get("anyOf") or node.get("oneOf"):
            for alternative in alternatives:
                yield from self.part(alternative).choices()
        elif isinstance(kinds, list):
            yield from (self.part(node | {"type": kind}) for kind in kinds)
        else:
            yield self.part(node)

    @property
    def values(self) -> list[Any] | None:
        return [self.node["const"]] if "const" in self.node else self.node.get("enum")

    @property
    def is_closed(self) -> bool:
        return self.node.get("additionalProperties") is False
