"""Predictions by a machine learning model, which is loaded when the service starts."""

from .router import router as router
