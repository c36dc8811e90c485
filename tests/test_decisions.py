"""The decision records have numbers, say so in their titles, and stand in the index."""

import re
from pathlib import Path

import pytest
from copying import ROOT

RECORDS = sorted((ROOT / "docs/decisions").glob("0*.md"))
INDEX = (ROOT / "docs/decisions/README.md").read_text()
LINK = re.compile(r"\]\(([^)#:]+\.md)\)")


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.name)
def test_a_record_stands_in_the_index_under_its_number_and_title(record: Path) -> None:
    title = re.match(r"# (\d+)\. (.+)\n", record.read_text())
    assert title, "its first line is no `# 7. Title`"
    assert int(title[1]) == int(record.name[:4])
    assert f"\n| {title[1]} | [{title[2]}]({record.name}) | " in INDEX


def test_the_index_explains_the_numbers_that_are_missing() -> None:
    numbers = {int(record.name[:4]) for record in RECORDS}
    missing = set(range(1, max(numbers) + 1)) - numbers
    told = re.search(r"Numbers ([\d, and]+) were never used", INDEX)
    assert {int(number) for number in re.findall(r"\d+", told[1] if told else "")} == missing


@pytest.mark.parametrize(
    "page",
    [*RECORDS, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))],
    ids=lambda path: path.name,
)
def test_links_to_records_lead_somewhere(page: Path) -> None:
    lost = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert lost == []
