"""Access tokens of the issuer (RFC 9068): signed by it, meant for this service, and not too old."""

from typing import Annotated

from jwt import PyJWTError
from jwt import decode
from jwt import get_unverified_header
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from ..core.settings import Environment
from .issuer import Issuer

# Only what is signed with a private key: with HS256 our public key would be the secret.
SIZES = (256, 384, 512)
ALGORITHMS = ["EdDSA", *(f"{kind}{size}" for kind in ("ES", "PS", "RS") for size in SIZES)]
KINDS = {"at+jwt", "application/at+jwt", "jwt"}  # many issuers still say only that it is a JWT
LEEWAY = 30  # seconds by which the issuer's clock may differ from ours


class Settings(Environment):
    oidc_issuer: str = Field(
        pattern=r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?)$",
        description="Name the issuer of access tokens, as in https://login.example.com",
    )
    oidc_audience: str = Field(description="Set it to what the issuer calls this service")
    oidc_scope: str = ""


class Claims(BaseModel):
    subject: Annotated[str, Field(alias="sub", min_length=1, max_length=255, pattern=r"^[^\x00]*$")]
    scope: str = ""


async def read(token: str, issuer: Issuer, audience: str) -> Claims | None:
    try:
        header = get_unverified_header(token)
        key = await issuer.key(header.get("kid"))
        if key is None or str(header.get("typ", "jwt")).lower() not in KINDS:
            return None
        claims = decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=audience,
            issuer=issuer.url,
            leeway=LEEWAY,
            options={"require": ["aud", "exp", "iss", "sub"], "enforce_minimum_key_length": True},
        )
        return Claims.model_validate(claims)
    except (PyJWTError, ValidationError):
        return None
