"""Who is asking, and how they show it."""

from .current import CurrentUser as CurrentUser
from .current import find_user as find_user
from .models import User as User
from .router import router as router
