@router.get("/{note_id}", responses=problems(404, 422))
async def get_note(
    note_id: UUID, user: CurrentUser, session: SessionDep, cache: CacheDep
) -> NoteRead:
    async def load() -> NoteRead:
        return NoteRead.model_validate(await get_note_or_404(note_id, user, session))

    return await cache.get(f"notes:{user.id}:{note_id}", NoteRead, load)
