"""A cache in front of the database: it may be slow, hung or away, and is never wrong."""

from .cache import CacheDep as CacheDep
from .cache import router as router
