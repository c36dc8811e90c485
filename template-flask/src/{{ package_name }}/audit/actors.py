"""Who makes a change: a user, an anonymous visitor, a job or a command."""

from typing import NamedTuple

import click
from flask import has_request_context
from structlog.contextvars import get_contextvars

from ..auth import current_user


class Actor(NamedTuple):
    """The name of an actor, and the id if it is a user."""

    actor: str
    actor_id: str | None = None


def find() -> Actor:
    """Find the actor in the request, else in the job, else on the command line."""
    if has_request_context():
        if current_user.is_authenticated:
            return Actor(current_user.email, str(current_user.id))
        return Actor("a visitor")
    if job := get_contextvars().get("job"):
        return Actor(f"job {job}")
    if command := click.get_current_context(silent=True):
        return Actor(f"command {command.command_path}"[:320])
    return Actor("a program")
