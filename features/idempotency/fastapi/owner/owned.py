"""Whose a key is: another user's is another key."""

from typing import Annotated

from fastapi import Depends

from ...auth import CurrentUser


async def get_owner(user: CurrentUser) -> str:
    return str(user.id)


OwnerDep = Annotated[str, Depends(get_owner)]
