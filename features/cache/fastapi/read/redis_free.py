@router.get("/{note_id}", responses=problems(404, 422))
async def get_note(note_id: UUID, session: SessionDep, cache: CacheDep) -> NoteRead:
    async def load() -> NoteRead:
        return NoteRead.model_validate(await get_note_or_404(note_id, session))

    return await cache.get(f"notes:{note_id}", NoteRead, load)
