"""A bound on how much each client may ask for."""

from .middleware import RateLimit as RateLimit
