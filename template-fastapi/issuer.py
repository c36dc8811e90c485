"""A small issuer of access tokens for development and tests: it gives a token to anybody who asks.

`python issuer.py FOLDER` keeps its port in the folder; without one, it takes any free port. It
prints its URL, runs until its standard input ends, and is reachable from this machine only.
"""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

HOUR = 3600


class Issuer(ThreadingHTTPServer):
    """Signs with one key at a time, and counts the requests for its keys."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked = 0
        self.rotate()

    def rotate(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self.public = {**public, "kid": uuid4().hex, "alg": "RS256", "use": "sig"}

    def token(self, **wishes: object) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": os.environ.get("OIDC_AUDIENCE"),
            "sub": "somebody",
            "client_id": "development",
            "iat": now,
            "exp": now + HOUR,
            "jti": uuid4().hex,
        }
        headers = {"kid": self.public["kid"], "typ": wishes.pop("typ", "at+jwt")}
        return jwt.encode(claims | wishes, self.key, "RS256", headers)


class Handler(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        url = self.server.url
        self.server.asked += self.path == "/keys"
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": url,
                "jwks_uri": f"{url}/keys",
                "token_endpoint": f"{url}/token",
            },
            "/keys": {"keys": [self.server.public]},
            "/asked": self.server.asked,
        }
        self.answer(pages.get(self.path))

    def do_POST(self) -> None:
        """Issue a token with the given claims, or rotate the key."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == "/token":
            form = parse_qsl(body, keep_blank_values=True)
            wishes = {name: int(wish) if wish.isdecimal() else wish for name, wish in form}
            return self.answer({"access_token": self.server.token(**wishes), "expires_in": HOUR})
        if self.path == "/keys":
            self.server.rotate()
            return self.answer({"kid": self.server.public["kid"]})
        return self.answer(None)

    def answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def server(folder: Path | None) -> Issuer:
    """Keep the port between runs: the URL of the issuer is part of a user's identity."""
    kept = folder / "url" if folder else None
    try:
        issuer = Issuer(int(kept.read_text().rpartition(":")[2]) if kept else 0)
    except (OSError, ValueError):
        issuer = Issuer(0)
    if kept:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(issuer.url)
    return issuer


if __name__ == "__main__":
    # Ctrl-C signals all programs in the terminal, and the service should stop before the issuer.
    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with server(Path(sys.argv[1]) if len(sys.argv) > 1 else None) as issuer:
        threading.Thread(target=issuer.serve_forever, daemon=True).start()
        sys.stdout.write(f"{issuer.url}\n")
        sys.stdout.flush()
        sys.stderr.write(f"To get a token: curl --data sub=me {issuer.url}/token\n")
        sys.stdin.read()
        issuer.shutdown()
