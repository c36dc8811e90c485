from sqlalchemy import Select
from sqlalchemy import select

from ...auth import current_user
from ...core.database import db
from ...notes.models import Note
