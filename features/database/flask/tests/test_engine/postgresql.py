"""PostgreSQL has to be named, and may be away."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

AWAY = "postgresql://127.0.0.1:1/nowhere"


@pytest.mark.parametrize("url", ["", "sqlite://", "nonsense"])
def test_refuses_to_start_without_its_url(make_app: Callable[..., Flask], url: str) -> None:
    with pytest.raises(RuntimeError, match="Set DATABASE_URL to postgresql://"):
        make_app(DATABASE_URL=url)


def test_is_not_ready_while_the_server_is_unavailable(make_app: Callable[..., Flask]) -> None:
    app = make_app(DATABASE_URL=AWAY)
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.json == {"status": "unavailable", "failed": ["database"]}
    assert app.test_client().get("/livez").status_code == 200


def test_shows_an_error_page_while_the_server_is_unavailable(
    make_app: Callable[..., Flask],
) -> None:
    client = make_app(DATABASE_URL=AWAY, PROPAGATE_EXCEPTIONS=False).test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    response = client.get("/notes/")
    assert response.status_code == 500
    assert "<h1>Internal Server Error</h1>" in response.text


def test_writes_no_rows_into_the_log(
    make_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    title = "A secret"
    insert = text("INSERT INTO notes (title) VALUES (:title)")

    @app.get("/crash")
    def crash() -> str:
        app.extensions["sqlalchemy"].session.execute(insert, {"title": title})
        return "It was kept."

    assert app.test_client().get("/crash").status_code == 500
    log = capsys.readouterr().err
    assert "violates not-null constraint" in log
    assert title not in log
