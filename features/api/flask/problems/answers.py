class Invalid(UnprocessableEntity):
    """What was sent is no good, and this is where."""

    description = "The request is not valid."

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__()
        self.errors = errors


def problem(error: HTTPException) -> Response:
    """Answer in ASCII: a problem may name what no UTF-8 can carry, such as a lone surrogate."""
    status = error.code or 500
    title = PHRASES.get(status, error.name)
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if isinstance(error, Invalid):
        body |= {"detail": error.description, "errors": error.errors}
    elif error.description != type(error).description:  # Werkzeug's own says what the title says
        body["detail"] = error.description
    text = json.dumps(body, ensure_ascii=True)
    return Response(text, status, _headers(error), content_type=PROBLEM_JSON)


def _headers(error: HTTPException) -> Mapping[str, str]:
    return {name: value for name, value in error.get_headers() if name != "Content-Type"}
