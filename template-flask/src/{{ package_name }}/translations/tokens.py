"""The tokens of Jinja that stand for a translated message."""

import re
from collections.abc import Iterator

from jinja2.lexer import Token

LETTER = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[A-Z][a-z]+( |\Z)")
ENTITY = re.compile(r"&#?\w+;")


def translated(message: list[list[Token]]) -> Iterator[Token]:
    """Translate text with expressions in it, and leave what has no words as it is."""
    text = "".join(part[0].value for part in message if part[0].type == "data")
    if not LETTER.search(ENTITY.sub("", text)):
        for part in message:
            yield from part if part[0].type == "data" else strings(part)
        return
    line, words, values = message[0][0].lineno, "", dict[str, list[Token]]()
    for part in message:
        if part[0].type == "data":
            words += part[0].value.replace("%", "%%")
        else:
            name = name_of(part, values)
            words += f"%({name})s"
            values[name] = list(strings(part))[1:-1]
    before, _, after = words.partition(words.strip())
    yield Token(line, "data", before)
    yield Token(line, "variable_begin", "")
    yield from gettext(line, " ".join(words.split()), values)
    yield Token(line, "variable_end", "")
    yield Token(line, "data", after)


def gettext(line: int, words: str, values: dict[str, list[Token]]) -> Iterator[Token]:
    """Write `gettext("words", name=(value), …)`."""
    yield from (Token(line, "name", "gettext"), Token(line, "lparen", "("))
    yield Token(line, "string", words)
    for name, value in values.items():
        yield from (Token(line, "comma", ","), Token(line, "name", name))
        yield from (Token(line, "assign", "="), Token(line, "lparen", "("))
        yield from (*value, Token(line, "rparen", ")"))
    yield Token(line, "rparen", ")")


def strings(expression: list[Token]) -> Iterator[Token]:
    """Translate `"new" if one else "old"`, and `field("As sentences begin")`."""
    depth = 0
    for before, token in zip([expression[0], *expression], expression, strict=False):
        depth += {"lparen": 1, "lbracket": 1, "rparen": -1, "rbracket": -1}.get(token.type, 0)
        begins = before.type == "variable_begin" or before.value in {"else", "or"}
        words = LETTER.search if begins and not depth else SENTENCE.match
        if token.type == "string" and words(token.value):
            yield from gettext(token.lineno, token.value.replace("%", "%%"), {})
        else:
            yield token


def name_of(expression: list[Token], taken: dict[str, list[Token]]) -> str:
    """Name a value as its expression does: `number` for `page.number`, `moment` for `moment(…)`."""
    name = "value"
    for token in expression:
        if token.type not in {"variable_begin", "name", "dot"}:
            break
        name = token.value if token.type == "name" else name
    number = 2
    while name in taken:
        name, number = f"{name.rstrip('0123456789')}{number}", number + 1
    return name
