"""`flask users`: manage accounts on the command line, such as the first administrator."""

import click
from flask.cli import AppGroup

from ..core.database import db
from . import accounts
from . import sessions
from .forms import EMAIL
from .forms import LONGEST_EMAIL
from .models import User
from .passwords import LONGEST
from .passwords import SHORTEST

cli = AppGroup("users", help="Accounts: who may sign in, and as what.")


def is_email(_: click.Context, __: click.Parameter, email: str) -> str:
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise click.BadParameter("This is not a valid e-mail address.")
    return email


def find(email: str) -> User:
    if user := accounts.find(email):
        return user
    raise click.ClickException(f"{email} has no account.")


@cli.command()
@click.argument("email", callback=is_email)
@click.password_option()
@click.option("--admin", is_flag=True, help="Let them administrate, too.")
def create(email: str, password: str, *, admin: bool) -> None:
    """Create an account; asks for the password."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise click.ClickException(f"The password needs {SHORTEST} to {LONGEST} characters.")
    if not accounts.create(email, password, is_admin=admin):
        raise click.ClickException(f"{email} has an account.")


@cli.command()
@click.argument("email")
def promote(email: str) -> None:
    """Give a user the administrator role."""
    find(email).is_admin = True
    db.session.commit()


@cli.command()
@click.argument("email")
def demote(email: str) -> None:
    """Take the administrator role from a user."""
    find(email).is_admin = False
    db.session.commit()


@cli.command()
@click.argument("email")
def disable(email: str) -> None:
    """Disable an account, and invalidate its sessions."""
    user = find(email)
    user.is_active = False
    sessions.end_all(user)
    db.session.commit()


@cli.command()
@click.argument("email")
def enable(email: str) -> None:
    """Enable an account again."""
    find(email).is_active = True
    db.session.commit()
