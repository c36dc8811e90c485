"""Static files with a hash of their content in the URL, so that browsers cache them for a year."""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from flask import Response
from flask import current_app
from flask import request
from werkzeug.security import safe_join

from . import settings

FOR_GOOD = "public, max-age=31536000, immutable"
HASHED = re.compile(r"(.+)\.[0-9a-f]{16}(\.[^./]+)")


class Settings(settings.Settings):
    static_hashes: bool = True


def init_app(app: Flask) -> None:
    """Make `url_for` add the hash: `site.css` is served as `site.<hash>.css`."""
    settings.load(app, Settings)
    scripts: list[str] = []
    app.extensions["scripts"] = scripts
    app.context_processor(lambda: {"scripts": scripts})
    add_script(app, "site.js")
    if app.config["STATIC_HASHES"]:
        app.url_defaults(put_hash)
        app.url_value_preprocessor(drop_hash)
        app.after_request(keep)


def add_script(app: Flask, filename: str) -> None:
    """Add a script of the static folder to every page."""
    app.extensions["scripts"].append(filename)


@lru_cache
def _digest(path: str, _changed: float) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:16]


def hashed(filename: str) -> str:
    """Add the hash to a file name; that of a missing file is unchanged."""
    path = safe_join(str(current_app.static_folder), filename)
    if not path or not Path(path).suffix or not Path(path).is_file():
        return filename
    name, dot, kind = filename.rpartition(".")
    return f"{name}.{_digest(path, Path(path).stat().st_mtime)}{dot}{kind}"


def put_hash(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values["filename"] = hashed(values["filename"])


def drop_hash(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Serve the file for any hash: during a release, pages request the old and the new one."""
    if endpoint == "static" and values:
        values["filename"] = HASHED.sub(r"\1\2", values["filename"])


def keep(response: Response) -> Response:
    """Set `immutable` if the URL has the current hash; otherwise browsers revalidate."""
    if request.endpoint == "static" and response.status_code in {200, 304}:
        file = (request.view_args or {})["filename"]
        if request.path.endswith(f"/{hashed(file)}"):
            response.headers["Cache-Control"] = FOR_GOOD
    return response
