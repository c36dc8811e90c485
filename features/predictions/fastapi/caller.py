async def check_caller(_: CurrentUser, session: SessionDep) -> None:
    """Ask who it is, and keep no connection to the database while the model computes."""
    await session.commit()
