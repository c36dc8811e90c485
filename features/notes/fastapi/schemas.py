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


class NoteRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID = Field(description="Ordered by time of creation (UUIDv7).")
    title: Line
    body: Text
    created_at: datetime
    updated_at: datetime
