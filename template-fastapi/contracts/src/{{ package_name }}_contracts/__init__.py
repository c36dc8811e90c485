"""The contract of the service: models of requests and responses, and a client."""

from .asynchronous import AsyncClient as AsyncClient
from .client import Client as Client
from .notes import NoteCreate as NoteCreate
from .notes import NoteRead as NoteRead
from .notes import NoteUpdate as NoteUpdate
from .pages import Page as Page
from .problems import InvalidField as InvalidField
from .problems import Problem as Problem
from .problems import ProblemError as ProblemError
