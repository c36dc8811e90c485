"""A limit on the requests of each client."""

from .middleware import RateLimit as RateLimit
