"""Write the plain page of each marked page: `{{ _("Save") }}` becomes `Save` (`make pages`)."""

import re
from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

PAGES = "template-flask/src/{{ package_name }}"
MACROS = "features/pages/flask/macros"
# The folders of marked pages, and of the plain pages that are derived from them.
TWINS = {
    PAGES + "/{{ marked_pages }}": PAGES + "/{{ plain_pages }}",
    MACROS + "/marked": MACROS + "/plain",
}

LEXER = Environment(autoescape=True, keep_trailing_newline=True).lexer
DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
STRING = re.compile(r"""\b_\(("[^"]*"|'[^']*')\)""")
FILTER = re.compile(r""" \| (?:map\("translated"\)|translated\b)""")
NAME = re.compile(r"%\((\w+)\)s|%(%)")


def unmark(page: str) -> str:
    """Return the page with its English texts and without marks for translation."""
    written, values, raw = "", dict[str, str](), False
    for kind, text, words in parts(page):
        match words:
            case ["trans", *_]:
                values = named(text.partition("trans")[2].rpartition("%}")[0])
            case ["endtrans"]:
                values = {}
            case ["language"]:
                written += "en"
            case [name] if name in values:
                written += f"{{{{ {values[name]} }}}}"
            case ["_", "(", message, *_, ")"] if closes(words[1:]):
                given = named(text.partition(message)[2].rpartition(")")[0])
                written += spelt_out(literal_eval(message), given)
            case _ if kind == "data":
                written += unmark(text) if raw else text
            case _:
                written += stripped(text)
        raw = kind == "raw_begin"
    return written


def parts(page: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield data, expressions and statements: their kind, their text, and their tokens."""
    part: list[tuple[str, str]] = []
    for _, kind, text in LEXER.tokeniter(page, None):
        part.append((kind, text))
        if kind in {"data", "raw_begin"} or kind.endswith("_end"):
            words = [text for kind, text in part[1:-1] if kind != "whitespace"]
            yield part[0][0], "".join(text for _, text in part), words
            part = []


def stripped(expression: str) -> str:
    return STRING.sub(r"\1", FILTER.sub("", expression))


def closes(words: list[str]) -> bool:
    """Tell whether the first bracket is closed by the last one."""
    depths = [sum(DEPTH.get(word, 0) for word in words[: end + 1]) for end in range(len(words))]
    return depths.index(0) == len(words) - 1


def named(arguments: str) -> dict[str, str]:
    """Parse keyword arguments such as `number=page.number, last=page.last`."""
    values, depth, argument = dict[str, str](), 0, ""
    for _, _, word in LEXER.tokeniter(f"{{{{{arguments},}}}}", None):
        depth += DEPTH.get(word, 0)
        if word == "," and not depth:
            name, given, value = argument.partition("=")
            values |= {name.strip(): stripped(value).strip()} if given else {}
            argument = ""
        elif word not in {"{{", "}}"}:
            argument += word
    return values


def spelt_out(message: str, values: dict[str, str]) -> str:
    """Replace the placeholders of a message by expressions with their values."""
    return NAME.sub(lambda at: at[2] or f"{{{{ {values[at[1]]} }}}}", message)


def twins(root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each marked page with the path of its plain page."""
    for marked, plain in TWINS.items():
        for page in sorted((root / marked).rglob("*.*")):
            yield page, root / plain / page.relative_to(root / marked)


if __name__ == "__main__":
    for page, twin in twins(Path(__file__).parents[1]):
        twin.parent.mkdir(exist_ok=True, parents=True)
        twin.write_text(unmark(page.read_text()))
