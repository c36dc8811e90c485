"""The endpoints to register, sign in, refresh tokens, sign out and change the password."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter
from fastapi import FastAPI
from fastapi import Form
from fastapi import HTTPException
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..core.database import SessionDep
from ..core.problems import ProblemResponse
from ..core.problems import problem
from ..core.problems import problems
from .current import CurrentUser
from .models import User
from .passwords import Passwords
from .passwords import PasswordsDep
from .schemas import PasswordChange
from .schemas import RefreshToken
from .schemas import Registration
from .schemas import SignInForm
from .schemas import Tokens
from .schemas import UserRead
from .sign_ins import Settings
from .sign_ins import SignInsDep
from .tokens import Signer

CHALLENGE = {"WWW-Authenticate": "Bearer"}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, object]]:
    refresh_days = Settings().refresh_days
    yield {"passwords": Passwords(), "signer": Signer(), "refresh_days": refresh_days}


router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    lifespan=lifespan,
)


@router.post("/register", status_code=201, responses=problems(400, 409, 413, 422))
async def register(new: Registration, passwords: PasswordsDep, session: SessionDep) -> UserRead:
    """Create an account."""
    user = User(email=new.email, password_hash=await passwords.hash(new.password))
    session.add(user)
    try:
        await session.flush()
    except IntegrityError as error:
        raise HTTPException(409, "This e-mail address has an account.") from error
    return UserRead.model_validate(user)


@router.post("/token", responses=problems(400, 401, 413, 422))
async def sign_in(
    form: Annotated[SignInForm, Form()],
    passwords: PasswordsDep,
    session: SessionDep,
    sign_ins: SignInsDep,
) -> Tokens:
    """Exchange a password for an access token and a refresh token."""
    user = await session.scalar(select(User).where(User.email == form.username))
    right = await passwords.check(form.password, user)
    if user is None or not right:
        raise HTTPException(401, "The e-mail address or the password is wrong.", CHALLENGE)
    return await sign_ins.begin(user.id)


@router.post("/refresh", response_model=Tokens, responses=problems(400, 401, 413, 422))
async def refresh(old: RefreshToken, sign_ins: SignInsDep) -> Tokens | ProblemResponse:
    """Exchange a refresh token for new tokens. A second exchange of it ends the sign-in."""
    if new := await sign_ins.prolong(old.refresh_token):
        return new
    # Returned, not raised: an exception would roll back the end of the sign-in.
    return problem(401, "The refresh token is not valid.", headers=CHALLENGE)


@router.post("/sign-out", status_code=204, responses=problems(400, 413, 422))
async def sign_out(last: RefreshToken, sign_ins: SignInsDep) -> None:
    """End a sign-in: its refresh token and its access tokens are worthless from now on."""
    await sign_ins.end(last.refresh_token)


@router.get("/me", responses=problems(401))
async def get_me(user: CurrentUser) -> UserRead:
    return UserRead.model_validate(user)


@router.put("/password", responses=problems(400, 401, 403, 413, 422))
async def change_password(
    change: PasswordChange, passwords: PasswordsDep, user: CurrentUser, sign_ins: SignInsDep
) -> Tokens:
    """End all sign-ins of this user, and begin a new one."""
    if not await passwords.check(change.old_password, user):
        raise HTTPException(403, "The old password is wrong.")
    if change.new_password.get_secret_value().lower() == user.email:
        raise HTTPException(422, "The password must not be the e-mail address.")
    user.password_hash = await passwords.hash(change.new_password)
    await sign_ins.end_all(user.id)
    return await sign_ins.begin(user.id)
