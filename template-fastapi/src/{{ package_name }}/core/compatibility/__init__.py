"""Find breaking changes between two versions of an OpenAPI document."""

from .operations import breaks as breaks
