"""The application class, with what applies to all requests: middleware, errors, OpenAPI."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from pydantic import Field
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from . import logs
from . import problems
from .middleware import BodyLimit
from .middleware import RequestLog
from .middleware import SecurityHeaders
from .settings import Environment


class Settings(Environment):
    max_body_size: int = Field(default=1024 * 1024, gt=0)
    cors_origins: str = Field(
        default="",
        pattern=r"^(https?://[a-z0-9.:\[\]-]+( +|$))*$",
        description="Set it to origins such as https://app.example, separated by spaces",
    )


class Service(FastAPI):
    def __init__(self, title: str, telemetry: TelemetryConfig | None = None) -> None:
        logs.configure()
        Settings()  # an invalid setting ends the start before the server listens
        super().__init__(
            title=title,
            telemetry=telemetry,
            version=version(__name__.partition(".")[0]),
            docs_url=None,  # docs.py serves them from vendored files
            redoc_url=None,
            redirect_slashes=False,  # a redirect would be an undocumented response
            generate_unique_id_function=_operation_id,
            exception_handlers=problems.HANDLERS,
        )

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap the handler of unexpected errors too: its responses need headers and logs."""
        settings = Settings()
        app: ASGIApp = BodyLimit(super().build_middleware_stack(), settings.max_body_size)
        if origins := settings.cors_origins.split():
            # No cookies: clients authenticate with a header, which browsers never add.
            app = CORSMiddleware(app, origins, ["*"], ["*"], expose_headers=["*"])
        return RequestLog(SecurityHeaders(app))

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            _describe_errors(super().openapi())
        return super().openapi()


def _describe_errors(schema: dict[str, Any]) -> None:
    """Correct the media type of error responses in the OpenAPI document."""
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if status >= "400" and "application/json" in content:
                    content[problems.ProblemResponse.media_type] = content.pop("application/json")


def _operation_id(route: APIRoute) -> str:
    """Use the function names as operation ids, so that generated clients have readable names."""
    return route.name
