"""A cache in Redis in front of the database. Writes invalidate it, so it serves no stale values.

While Redis is slow or unavailable, reads go to the database.
"""

from .cache import CacheDep as CacheDep
from .cache import router as router
