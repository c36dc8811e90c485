"""Breaking changes of operations: parameters, bodies, responses, security."""

from collections.abc import Iterator

from .comparison import Comparison
from .schemas import Json
from .schemas import Schema

SENT = Comparison(sent=True)
ANSWERED = Comparison(sent=False)


def breaks(old: Json, new: Json) -> Iterator[str]:
    """Yield a sentence for each change that breaks clients of the old document."""
    for path, operations in old["paths"].items():
        for method, was in operations.items():
            now = new["paths"].get(path, {}).get(method)
            found = _Operation(was, now, old, new).breaks() if now else ["it was removed"]
            yield from (f"{method.upper()} {path}: {fault}" for fault in found)


class _Operation:
    """One operation in the old and the new document."""

    def __init__(self, was: Json, now: Json, old: Json, new: Json) -> None:
        self.was, self.now, self.old, self.new = was, now, old, new

    def breaks(self) -> Iterator[str]:
        if self.now.get("security") and not self.was.get("security"):
            yield "it requires authentication"
        yield from self._parameters()
        yield from self._body()
        yield from self._responses()

    def _parameters(self) -> Iterator[str]:
        was, now = ({(p["in"], p["name"]): p for p in side.get("parameters", [])} for side in self)
        for key in sorted(was.keys() | now.keys()):
            where = f"the {key[0]} parameter {key[1]}"
            if key not in now:
                yield f"{where} was removed"
                continue
            if now[key].get("required") and not was.get(key, {}).get("required"):
                yield f"{where} is required"
            if key in was:
                yield from self._sent(was[key]["schema"], now[key]["schema"], where)

    def _body(self) -> Iterator[str]:
        was, now = (side.get("requestBody", {}) for side in self)
        if now.get("required") and not was.get("required"):
            yield "a body is required"
        for kind, content in was.get("content", {}).items():
            if kind not in now.get("content", {}):
                yield f"{kind} is no longer accepted"
            else:
                accepted = now["content"][kind]["schema"]
                yield from self._sent(content["schema"], accepted, "the body")

    def _responses(self) -> Iterator[str]:
        for status, was in self.was["responses"].items():
            now = self.now["responses"].get(status)
            if now is None and status < "400":
                yield f"it no longer responds with {status}"
            for kind, content in was.get("content", {}).items() if now else ():
                if kind not in now.get("content", {}):
                    yield f"{status} is no longer {kind}"
                else:
                    given = Schema(now["content"][kind]["schema"], self.new)
                    by = Schema(content["schema"], self.old)
                    yield from ANSWERED.refused(given, by, f"the response {status}")

    def _sent(self, was: Json, now: Json, where: str) -> Iterator[str]:
        return SENT.refused(Schema(was, self.old), Schema(now, self.new), where)

    def __iter__(self) -> Iterator[Json]:
        return iter((self.was, self.now))
