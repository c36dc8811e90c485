class Page(BaseModel, Generic[ItemT]):
    items: list[ItemT]
    next: UUID | None = Field(description="Pass as `after` for the next page; null on the last.")
