"""Whether one JSON Schema allows every value that another one allows."""

from collections.abc import Iterator
from dataclasses import dataclass

from .schemas import Json
from .schemas import Schema

AT_MOST = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
AT_LEAST = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
EXACTLY = {"format", "multipleOf", "pattern", "uniqueItems"}


@dataclass(frozen=True)
class Comparison:
    """Compares the schemas of requests (old to new) or responses (new to old)."""

    sent: bool

    def refused(
        self, given: Schema, by: Schema, where: str, seen: tuple[Json, ...] = ()
    ) -> Iterator[str]:
        """Yield the values that `given` allows and that are refused `by` the other schema."""
        if any(node is given.node for node in seen):
            return  # a recursive schema, compared already
        seen = (*seen, given.node) if "$ref" in given.node else seen
        for one in given.choices():
            ways = [list(self._refused(one, other, where, seen)) for other in by.choices()]
            yield from min(ways, key=len)

    def _refused(
        self, given: Schema, by: Schema, where: str, seen: tuple[Json, ...]
    ) -> Iterator[str]:
        kind, wanted = given.node.get("type"), by.node.get("type")
        if wanted and kind != wanted and (kind, wanted) != ("integer", "number"):
            yield f"{where} may be {kind or 'anything'}, not {wanted}"
            return
        yield from _values(given, by, where)
        yield from _limits(given.node, by.node, where)
        yield from self._fields(given, by, where, seen)
        for name in ("items", "additionalProperties"):
            if isinstance(inner := by.node.get(name), dict):
                found = given.node.get(name, {})
                known = given.part(found if isinstance(found, dict) else inner)
                yield from self.refused(known, by.part(inner), f"{where}[]", seen)

    def _fields(
        self, given: Schema, by: Schema, where: str, seen: tuple[Json, ...]
    ) -> Iterator[str]:
        ours, theirs = given.node.get("properties", {}), by.node.get("properties", {})
        was, now = (ours, theirs) if self.sent else (theirs, ours)
        yield from (f"{where}.{name} was removed" for name in was if name not in now)
        if self.sent and by.is_closed and not given.is_closed:
            yield f"{where} accepts no additional fields"
        needed = set(by.node.get("required", [])) - set(given.node.get("required", []))
        for name in sorted(needed & now.keys()):
            yield f"{where}.{name} {'is required' if self.sent else 'may be missing'}"
        for name in ours:
            if name in theirs:
                field = by.part(theirs[name])
                yield from self.refused(given.part(ours[name]), field, f"{where}.{name}", seen)


def _values(given: Schema, by: Schema, where: str) -> Iterator[str]:
    if by.values is not None:
        known = given.values if given.values is not None else ["anything"]
        yield from (f"{where} may be {value}" for value in known if value not in by.values)


def _limits(given: Json, by: Json, where: str) -> Iterator[str]:
    for rule in sorted((AT_MOST | AT_LEAST | EXACTLY) & by.keys()):
        was, limit = given.get(rule), by[rule]
        fits = was == limit or (
            was is not None
            and ((rule in AT_MOST and was < limit) or (rule in AT_LEAST and was > limit))
        )
        if not fits:
            yield f"{where} has {rule} {was}, not {limit}"
