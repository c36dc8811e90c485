"""Notes: the worked example of a resource in the database."""

from .router import router as router
