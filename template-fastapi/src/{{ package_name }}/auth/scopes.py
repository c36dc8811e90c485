"""What a key is good for: `notes:read` to get notes, and `notes:write` to change them."""

from collections.abc import Callable
from typing import Any

from fastapi import HTTPException
from fastapi import Security
from fastapi.routing import APIRoute
from fastapi.security import SecurityScopes

from .current import Described
from .current import GrantDep

SCOPES = ("notes:read", "notes:write")


async def check_scopes(needed: SecurityScopes, grant: GrantDep, _: Described) -> None:
    if not set(needed.scopes) <= set(grant.key.scopes.split()):
        challenge = f'Bearer error="insufficient_scope", scope="{needed.scope_str}"'
        detail = f"The API key lacks the scope {needed.scope_str}."
        raise HTTPException(403, detail, {"WWW-Authenticate": challenge})


class ScopedRoute(APIRoute):
    """Ask for `<tag>:read` or `<tag>:write`, so that no endpoint of a router can forget to."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        action = "read" if set(options["methods"]) <= {"GET", "HEAD"} else "write"
        needed = Security(check_scopes, scopes=[f"{options['tags'][0]}:{action}"])
        options["dependencies"] = [needed, *(options["dependencies"] or [])]
        super().__init__(path, endpoint, **options)
