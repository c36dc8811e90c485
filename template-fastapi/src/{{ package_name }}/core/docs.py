"""Swagger UI and ReDoc, served from vendored files, so that they work without internet access."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

# URLs are relative, so that the pages also work behind a proxy that adds a path prefix.
SWAGGER_UI = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API documentation</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/vendor/swagger-ui.css">
<div id="swagger-ui" data-url="openapi.json"></div>
<script src="static/vendor/swagger-ui-bundle.js"></script>
<script src="static/swagger-ui.js"></script>
"""

REDOC = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference</title>
<link rel="icon" href="data:,">
<body style="margin: 0">
<redoc spec-url="openapi.json"></redoc>
<script src="static/vendor/redoc.standalone.js"></script>
"""

PAGE_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'"
)
# ReDoc adds inline styles and starts a web worker for its search.
REDOC_POLICY = f"{PAGE_POLICY} 'unsafe-inline'; worker-src blob:"

router = APIRouter(include_in_schema=False)
router.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))


@router.get("/docs")
async def swagger_ui() -> HTMLResponse:
    return HTMLResponse(SWAGGER_UI, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/redoc")
async def redoc() -> HTMLResponse:
    return HTMLResponse(REDOC, headers={"Content-Security-Policy": REDOC_POLICY})
