class InvalidField(BaseModel):
    """One thing that is wrong with the request."""

    location: list[str | int]
    message: str
    type: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[InvalidField] | None = None
