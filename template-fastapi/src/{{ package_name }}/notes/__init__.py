"""Notes: the worked example of a resource that is kept in the database."""

from .router import router as router
