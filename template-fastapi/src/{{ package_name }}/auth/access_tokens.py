"""Validation of access tokens (RFC 9068): signature, issuer, audience and expiry."""

from typing import Annotated

from jwt import PyJWTError
from jwt import decode
from jwt import get_unverified_header
from pydantic import BaseModel
from pydantic import Field
from pydantic import ValidationError

from ..core.settings import Environment
from .issuer import Issuer

# Asymmetric algorithms only: with HS256, the issuer's public key would serve as a signing key.
SIZES = (256, 384, 512)
ALGORITHMS = ["EdDSA", *(f"{kind}{size}" for kind in ("ES", "PS", "RS") for size in SIZES)]
KINDS = {"at+jwt", "application/at+jwt", "jwt"}  # many issuers send the generic "JWT"
LEEWAY = 30  # seconds by which the issuer's clock may be off


class Settings(Environment):
    oidc_issuer: str = Field(
        pattern=r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?)$",
        description="Set it to the URL of the issuer, such as https://login.example.com",
    )
    oidc_audience: str = Field(description="Set it to the audience of tokens for this service")
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
