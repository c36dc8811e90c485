"""Who a client is: the token or key that it shows, or else its address."""

from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import Scope

# Tokens that nobody gave out are shares of their own too: what an address may ask for with
# all of them is bounded, at as many times the limit.
CLIENTS_BEHIND_AN_ADDRESS = 10


def shares(scope: Scope) -> dict[str, int]:
    """Name what a request takes from, each with how many times the limit it holds."""
    # As the server has it, or a proxy that the server trusts.
    address, _ = scope.get("client") or ("unknown", 0)
    shown = Headers(scope=scope).get("authorization")
    if shown is None:
        return {f"address:{address}": 1}
    # Only its hash is kept: the token itself opens doors.
    credential = sha256(shown.encode()).hexdigest()
    return {f"credential:{credential}": 1, f"behind:{address}": CLIENTS_BEHIND_AN_ADDRESS}
