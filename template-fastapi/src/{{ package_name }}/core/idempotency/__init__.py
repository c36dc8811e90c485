"""POST that may be repeated: with the same `Idempotency-Key` it is done once.

As in draft-ietf-httpapi-idempotency-key-header. For a router of your own:
`APIRouter(..., route_class=IdempotentRoute)`.
"""

from fastapi import APIRouter

from .route import IdempotentRoute as IdempotentRoute

router = APIRouter()  # without endpoints: through it the migrations know the table
