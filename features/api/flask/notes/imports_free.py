from sqlalchemy import Select
from sqlalchemy import select

from ...database import db
from ...notes.models import Note
