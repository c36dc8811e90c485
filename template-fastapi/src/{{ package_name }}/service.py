"""The application class: what holds for every request, whichever feature answers it."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import Field
from pydantic_settings import BaseSettings
from pydantic_settings import SettingsConfigDict
from starlette.types import ASGIApp

from . import logs
from . import problems
from .middleware import BodyLimit
from .middleware import RequestLog
from .middleware import SecurityHeaders


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    max_body_size: int = Field(default=1024 * 1024, gt=0)


class Service(FastAPI):
    def __init__(self, title: str) -> None:
        logs.configure()
        super().__init__(
            title=title,
            version=version(__name__.partition(".")[0]),
            docs_url=None,  # docs.py serves the pages from this package's own files
            redoc_url=None,
            redirect_slashes=False,  # a redirect would be an answer that nobody described
            generate_unique_id_function=_operation_id,
            max_body_size=Settings().max_body_size,
            exception_handlers=problems.HANDLERS,
        )

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap even the handler of unexpected errors: its answers need headers and a log too."""
        app = super().build_middleware_stack()
        return RequestLog(SecurityHeaders(BodyLimit(app, Settings().max_body_size)))

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = super().openapi()
            self.openapi_schema = None  # until it says how errors are sent
            _describe_errors(schema)
            self.openapi_schema = schema
        return self.openapi_schema


def _describe_errors(schema: dict[str, Any]) -> None:
    """Give the errors in an OpenAPI document the media type that they are sent with."""
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if status >= "400" and "application/json" in content:
                    content[problems.ProblemResponse.media_type] = content.pop("application/json")


def _operation_id(route: APIRoute) -> str:
    """Name operations after their functions, so that generated clients read well."""
    return route.name
