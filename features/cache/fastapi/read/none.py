@router.get("/{note_id}", responses=problems(404, 422))
async def get_note(note: NoteDep) -> NoteRead:
    return NoteRead.model_validate(note)
