from sqlalchemy import Select
from sqlalchemy import select

from ...core.database import db
from ...notes.models import Note
