"""Who counts as one client: an address."""

from flask_limiter.util import get_remote_address

client = get_remote_address
