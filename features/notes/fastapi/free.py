async def get_note_or_404(note_id: UUID, session: SessionDep) -> Note:
    note = await session.get(Note, note_id)
    if note is None:
        raise HTTPException(404, "No such note.")
    return note


NoteDep = Annotated[Note, Depends(get_note_or_404)]


@router.get("", responses=problems(422))
async def list_notes(session: SessionDep, page: PageDep) -> Page[NoteRead]:
    """One page of notes, the oldest first."""
    return await paginate(session, Note, page, NoteRead)


@router.post("", status_code=201, responses=problems(400, 413, 422))
async def create_note(
    new: NoteCreate, session: SessionDep, request: Request, response: Response
) -> NoteRead:
    """Keep a new note; its address is in the `Location` header."""
    note = Note(**new.model_dump())
    session.add(note)
    await session.flush()
    response.headers["Location"] = request.url_for("get_note", note_id=note.id).path
    return NoteRead.model_validate(note)
