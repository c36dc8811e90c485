"""The issuer's public keys (JWKS), found through OpenID Connect discovery and cached."""

from asyncio import Lock
from asyncio import timeout
from dataclasses import dataclass
from dataclasses import field
from math import inf
from time import monotonic
from typing import Any

import structlog
from httpx2 import AsyncClient
from httpx2 import HTTPError
from jwt import PyJWK
from jwt import PyJWKSet
from jwt import PyJWTError
from pydantic import BaseModel

FRESH = 300  # seconds until the keys are fetched again, in case one has been revoked
TRUSTED = 3600  # seconds for which cached keys are used while the issuer is unavailable
PAUSE = 10  # seconds between two requests to the issuer, however many unknown keys clients send
PATIENCE = 5  # seconds, the timeout of a request to the issuer

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class IssuerUnavailableError(Exception):
    """Tokens cannot be validated: the issuer does not respond, and its keys are not cached."""


class Metadata(BaseModel):
    """The fields used of https://openid.net/specs/openid-connect-discovery-1_0.html."""

    issuer: str
    jwks_uri: str


class KeySet(BaseModel):
    keys: list[dict[str, Any]]


@dataclass
class Issuer:
    url: str
    client: AsyncClient
    _keys: dict[str | None, PyJWK] = field(default_factory=dict)
    _fetched: float = -inf
    _tried: float = -inf
    _lock: Lock = field(default_factory=Lock)

    async def key(self, key_id: str | None) -> PyJWK | None:
        """Return the key with this id, or None if the issuer has none.

        One request at a time fetches the keys; the others use the cached ones meanwhile.
        Raises IssuerUnavailableError.
        """
        if not self._has(key_id, TRUSTED if self._lock.locked() else FRESH):
            async with self._lock:
                if not self._has(key_id, FRESH) and monotonic() - self._tried > PAUSE:
                    await self._fetch()
        if self._has(key_id, TRUSTED):
            return self._keys[key_id]
        if self._fetched < self._tried:
            raise IssuerUnavailableError
        return None

    def _has(self, key_id: str | None, age: float) -> bool:
        return key_id in self._keys and monotonic() - self._fetched <= age

    async def _fetch(self) -> None:
        self._tried = monotonic()
        try:
            async with timeout(PATIENCE):
                keys = await self._ask()
        except (HTTPError, PyJWTError, TimeoutError, ValueError) as error:
            log.warning("could not fetch the keys", issuer=self.url, error=repr(error))
        else:
            self._keys = {key.key_id: key for key in keys}
            self._fetched = self._tried

    async def _ask(self) -> list[PyJWK]:
        about = await self.client.get(metadata_url(self.url))
        metadata = Metadata.model_validate_json(about.raise_for_status().content)
        if metadata.issuer != self.url:
            raise ValueError(f"Its metadata names another issuer: {metadata.issuer}.")
        answer = await self.client.get(metadata.jwks_uri)
        keys = KeySet.model_validate_json(answer.raise_for_status().content).keys
        return [key for key in PyJWKSet(keys).keys if key.public_key_use in {"sig", None}]


def metadata_url(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"
