"""Idempotent POST requests: repeated with the same `Idempotency-Key`, they take effect once.

As in draft-ietf-httpapi-idempotency-key-header. To use it, create a router with
`APIRouter(..., route_class=IdempotentRoute)`.
"""

from fastapi import APIRouter

from .route import IdempotentRoute as IdempotentRoute

router = APIRouter()  # without endpoints; including it makes the table known to Alembic
