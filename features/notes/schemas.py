class NoteCreate(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"title": "Groceries", "body": "Apples and bread."}]},
    )

    title: Line
    body: Text = ""


class NoteUpdate(BaseModel):
    """What is left out stays as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"title": "Groceries for Sunday"}]}
    )

    title: Line | MISSING = MISSING
    body: Text | MISSING = MISSING
