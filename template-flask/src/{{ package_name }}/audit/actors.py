"""Who is doing what is being done: somebody signed in, a visitor, a job or a command."""

from typing import NamedTuple

import click
from flask import has_request_context
from structlog.contextvars import get_contextvars

from ..auth import current_user


class Actor(NamedTuple):
    """A name to read, and whose it is."""

    actor: str
    actor_id: str | None = None


def find() -> Actor:
    """Look at the request, then at the job, then at the command line."""
    if has_request_context():
        if current_user.is_authenticated:
            return Actor(current_user.email, str(current_user.id))
        return Actor("a visitor")
    if job := get_contextvars().get("job"):
        return Actor(f"job {job}")
    if command := click.get_current_context(silent=True):
        return Actor(f"command {command.command_path}"[:320])
    return Actor("a program")
