import time
from collections.abc import Iterator

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient

NOW = int(time.time())


def token_of(issuer: str, **claims: str | int) -> str:
    token: str = httpx2.post(f"{issuer}/token", data=claims).json()["access_token"]
    return token


def status(client: TestClient, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return client.get("/auth/me", headers=headers).status_code


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another service"},
        {"iss": "https://elsewhere.example"},
        {"exp": NOW - 60},
        {"nbf": NOW + 3600},
        {"iat": NOW + 3600},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "\0"},
        {"sub": 7},
    ],
)
def test_refuses_a_token_with_invalid_claims(
    stranger: TestClient, issuer: str, claims: dict[str, str | int]
) -> None:
    headers = {"Authorization": f"Bearer {token_of(issuer, **claims)}"}
    response = stranger.get("/notes", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_tolerates_a_small_clock_skew(stranger: TestClient, issuer: str) -> None:
    assert status(stranger, token_of(issuer, exp=int(time.time()) - 5)) == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "..", "eyJhbGciOiJub25lIn0.e30."])
def test_refuses_a_malformed_token(stranger: TestClient, token: str) -> None:
    headers = [(b"authorization", f"Bearer {token}".encode())]

    assert stranger.get("/notes", headers=headers).status_code == 401


def forged(issuer: str) -> Iterator[str]:
    """Yield tokens with valid claims whose signature is not the issuer's."""
    good = token_of(issuer)
    head, body, signature = good.split(".")
    claims = jwt.decode(good, options={"verify_signature": False})
    kid = jwt.get_unverified_header(good)["kid"]
    public = httpx2.get(f"{issuer}/keys").json()["keys"][0]
    mine = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    yield f"{head}.{body}."
    yield f"{head}.{body}.{signature[::-1]}"
    yield f"{head}.{token_of(issuer, sub='root').split('.')[1]}.{signature}"
    yield jwt.encode(claims, mine, "RS256", {"kid": kid})
    yield jwt.encode(claims, mine, "RS256", {"kid": "mine"})
    yield jwt.encode(claims, mine, "RS256")
    yield jwt.encode(claims, "", "none", {"kid": kid})
    # A verifier that accepts any algorithm would use the public key as an HMAC secret.
    yield jwt.encode(claims, jwt.utils.base64url_decode(public["n"]), "HS256", {"kid": kid})


def test_refuses_a_token_with_a_forged_signature(stranger: TestClient, issuer: str) -> None:
    for token in forged(issuer):
        assert status(stranger, token) == 401, token
    assert status(stranger, token_of(issuer)) == 200


def test_refuses_a_token_of_another_type(stranger: TestClient, issuer: str) -> None:
    assert status(stranger, token_of(issuer, typ="logout+jwt")) == 401
    assert status(stranger, token_of(issuer, typ="JWT")) == 200
