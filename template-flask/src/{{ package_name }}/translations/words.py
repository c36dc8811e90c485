"""Marks the words of a page for translation while it is compiled: templates need no marks.

What stands between two tags of HTML is a message, with names for the values in it:
`Page %(number)s of %(last)s`. So are attributes that are read out, and what an expression says by
itself. What stands in `<code>`, `<script>` and the like is none; `trans` still does what it does.
"""

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token
from jinja2.lexer import TokenStream

from .tokens import strings
from .tokens import translated

READ_OUT = re.compile(r'(?<=\s)((?:alt|aria-label|placeholder|title)=")([^"]*[^\W\d_][^"]*)(?=")')
OPENED = re.compile(r'\s(?:alt|aria-label|placeholder|title)="[^"]*\Z')
SKIPPED = re.compile(r"<(/?)(?:code|kbd|pre|samp|script|style)\b")
TAG = re.compile(r"<[/!\w]")


class Words(Extension):
    """Turns text into calls of gettext."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Read a template from one tag to the next; mail, whose lines count, stays as it is."""
        if (stream.name or "").endswith(".txt"):
            yield from stream
            return
        page = Page()
        for part in parts(stream):
            yield from page.read(part)
        yield from page.end_message()


def parts(stream: TokenStream) -> Iterator[list[Token]]:
    """Give text by itself, and each expression and statement as a whole."""
    part: list[Token] = []
    for token in stream:
        part.append(token)
        if token.type == "data" or token.type.endswith("_end"):
            yield part
            part = []


class Page:
    """How far a template has been read, and the message that has begun there."""

    def __init__(self) -> None:
        self.inside_tag = False
        self.is_read_out = False  # an attribute that has begun
        self.skipped = 0  # elements that have begun
        self.message: list[list[Token]] = []

    def read(self, part: list[Token]) -> Iterator[Token]:
        if part[0].type == "data":
            for text in self.split(part[0].value):
                yield from self.read_text(Token(part[0].lineno, "data", text))
        elif part[0].type == "variable_begin" and not self.inside_tag and not self.skipped:
            self.message.append(part)
        elif self.is_read_out:
            yield from strings(part)
        else:
            yield from self.end_message()
            yield from part
            self.skipped += {"trans": 1, "endtrans": -1}.get(part[1].value, 0)

    def split(self, text: str) -> Iterator[str]:
        """Part tags from text; a tag with an expression in it comes in pieces."""
        while text:
            tag = TAG.search(text)
            if self.inside_tag or (tag and not tag.start()):
                self.inside_tag = True
                end = text.find(">") + 1 or len(text)
            else:
                end = tag.start() if tag else len(text)
            yield text[:end]
            text = text[end:]

    def read_text(self, data: Token) -> Iterator[Token]:
        if not self.inside_tag and not self.skipped:
            self.message.append([data])
            return
        yield from self.end_message()
        if self.inside_tag:
            yield from read_out(data)
            self.skipped += sum(-1 if end else 1 for end in SKIPPED.findall(data.value))
            self.inside_tag = not data.value.endswith(">")
            self.is_read_out = bool(OPENED.search(data.value))
        else:
            yield data

    def end_message(self) -> Iterator[Token]:
        message, self.message = self.message, []
        yield from translated(message)


def read_out(tag: Token) -> Iterator[Token]:
    """Translate the attributes of a tag that screen readers say."""
    done = 0
    for found in READ_OUT.finditer(tag.value):
        yield Token(tag.lineno, "data", tag.value[done : found.start(2)])
        yield from translated([[Token(tag.lineno, "data", found[2])]])
        done = found.end()
    yield Token(tag.lineno, "data", tag.value[done:])
