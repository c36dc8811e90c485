"""Who a client is: its address, as the server has it, or a proxy that the server trusts."""

from starlette.types import Scope


def shares(scope: Scope) -> dict[str, int]:
    """Name what a request takes from, each with how many times the limit it holds."""
    address, _ = scope.get("client") or ("unknown", 0)
    return {f"address:{address}": 1}
