"""The template keeps to the rules of its house (layout.py says which, and why)."""

from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import layout
import pages
import pytest

GUARDS = [
    layout.choices_outside_seams,
    layout.overgrown_seams,
    layout.crowded_tags,
    layout.needless_suffixes,
    layout.jinja_in_plain_files,
    layout.hidden_files,
    layout.trust,
    layout.links,
    layout.names,
    layout.questions,
    layout.includes,
    layout.unused_parts,
    layout.places,
    pages.strange_twins,
    pages.unmarked_words,
    pages.words_without_german,
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_template_has_none_of(guard: Callable[[Path], Iterator[str]], source: Path) -> None:
    found = list(guard(source))
    assert not found, "\n".join(found)
