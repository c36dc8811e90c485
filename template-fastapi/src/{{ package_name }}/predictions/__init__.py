"""Predictions of a model that is loaded once, when the service starts."""

from .router import router as router
