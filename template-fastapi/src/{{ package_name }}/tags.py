"""Tags with a description: headings of the documentation, and modules of generated clients."""

from collections.abc import Sequence
from typing import Any
from typing import Self

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute


class Tag(str):
    """The name of a tag, which a router is given, and its description."""

    __slots__ = ("description",)
    description: str

    def __new__(cls, name: str, description: str) -> Self:
        tag = super().__new__(cls, name)
        tag.description = description
        return tag


def described(routes: Sequence[BaseRoute]) -> list[dict[str, Any]]:
    """List them for the OpenAPI document, in the order of the routes."""
    tags = [tag for route in iter_route_contexts(routes) for tag in getattr(route, "tags", ())]
    known = [tag for tag in dict.fromkeys(tags) if isinstance(tag, Tag)]
    return [{"name": str(tag), "description": tag.description} for tag in known]
