"""Whose a key is: nobody signs in, so that all clients share the keys, which are hard to guess."""

from typing import Annotated

from fastapi import Depends


async def get_owner() -> str:
    return "anybody"


OwnerDep = Annotated[str, Depends(get_owner)]
