"""Authentication: which user makes a request."""

from .current import CurrentUser as CurrentUser
from .current import find_user as find_user
from .models import User as User
from .router import router as router
