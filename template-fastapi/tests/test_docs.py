import re

import pytest
from fastapi.testclient import TestClient

PAGES = ["/docs", "/redoc"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_only_what_the_service_has(client: TestClient, path: str) -> None:
    links = re.findall(r'(?:src|href|data-url|spec-url)="([^"]+)"', client.get(path).text)

    files = [link for link in links if link != "data:,"]
    assert "openapi.json" in files
    assert [client.get(file).status_code for file in files] == [200] * len(files)


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_no_inline_script(client: TestClient, path: str) -> None:
    response = client.get(path)

    assert "script-src 'self';" in response.headers["content-security-policy"]
    assert not re.search(r"<script>|<script[^>]*>[^<]| on\w+=", response.text)


def test_browsers_keep_the_files_and_ask_whether_they_changed(client: TestClient) -> None:
    first = client.get("/static/vendor/swagger-ui.css")
    again = client.get(
        "/static/vendor/swagger-ui.css", headers={"if-none-match": first.headers["etag"]}
    )

    assert first.headers["cache-control"] == "no-cache"
    assert again.status_code == 304
