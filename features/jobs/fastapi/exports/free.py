async def get_export_or_404(export_id: UUID, session: SessionDep) -> Export:
    export = await session.get(Export, export_id)
    if export is None:
        raise HTTPException(404, "No such export.")
    return export


ExportDep = Annotated[Export, Depends(get_export_or_404)]


@router.post("", status_code=202, responses=problems(503))
async def create_export(
    queue: QueueDep,  # first of all: what it sends it then sends after the commit
    session: SessionDep,
    request: Request,
    response: Response,
) -> ExportRead:
    """Begin an export of all notes; the address in `Location` tells when it is done."""
    export = Export()
    session.add(export)
    await session.flush()
    await queue.put(fill_export, export_id=str(export.id))
    response.headers["Location"] = request.url_for("get_export", export_id=export.id).path
    return ExportRead.model_validate(export)
