"""The review of an archive over HTTP: the same pages, found and sampled by the server, decisions kept in one log.

Whoever may see and decide is told by the token in the address. Decisions are taken from the server's own pages alone:
a page of another origin cannot know the token, and is refused by its Origin if it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from secrets import compare_digest
from typing import Any, get_args
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from pipeline.audit.explained import Making
from pipeline.audit.guard import Guard
from pipeline.audit.html import page
from pipeline.audit.page_data import PageData
from pipeline.audit.review_log import ReviewLog
from pipeline.audit.reviews import Key, Review, decoded
from pipeline.audit.shelf import By, Drawn, Shelf, Wanted
from pipeline.audit.site import document_page, totals_told
from pipeline.audit.standing import Standing
from pipeline.core.errors import InputError, UsageError, ZhfactsError
from pipeline.core.items import items_of, source_digest
from pipeline.core.records import Document

LINES = "application/x-ndjson"
JSON = "application/json"
MOST = 4 << 20
"""How many bytes of decisions are taken at once."""
LISTED = "listed"
"""The sample that was drawn before."""
LARGEST = 2000
"""How many facts a sample has at most."""
NAME = 100
"""How long a reviewer's name may be."""
Asked = Mapping[str, str]


class Server:
    """Answers for one archive and one log of decisions."""

    def __init__(
        self, shelf: Shelf, log: ReviewLog, making: Making, reviewer: str, listed: Sequence[Drawn] = ()
    ) -> None:
        """``making``: how documents are explained; ``reviewer``: the name that pages begin with; ``listed``: a sample
        that was drawn before."""
        self._shelf, self._log, self._making, self._reviewer = shelf, log, making, reviewer
        self._standing = Standing(shelf)
        self._listed = list(listed)
        self._key = lru_cache(maxsize=4 * LARGEST)(self._key_of)
        self._sampled = lru_cache(maxsize=16)(shelf.sample)
        self._page_data = lru_cache(maxsize=8)(self._made)

    def app(self, token: str, hosts: frozenset[str] | None) -> Starlette:
        """The application; all it has lies behind ``/token/``. ``hosts``: the names that it goes by, None for any."""
        routes = [
            Route("/", self.index),
            Route("/doc/{number:int}", self.document),
            Route("/sample", self.sample),
            Route("/api/documents", self.documents),
            Route("/api/reviewers", self.reviewers),
            Route("/reviews", self.take, methods=["POST"]),
            Route("/reviews.jsonl", self.lines),
        ]
        app = Starlette(routes=[Mount("/{token}", routes=[_behind(token, route) for route in routes])])
        app.add_exception_handler(ZhfactsError, _told)
        app.add_middleware(Guard, hosts=hosts)
        return app

    def warm(self) -> None:
        """Make a page beforehand, so that who opens the first one does not wait for rules and models to load."""
        with suppress(InputError):  # an archive may be empty, and its first document broken
            self._page_data(0)

    def index(self, request: Request) -> Response:
        """The index: charts, samples, reviewers, documents."""
        shelf = self._shelf
        data = {
            "server": {"api": "api", "sample": "sample", "log": "reviews.jsonl", "reviewer": self._named(request)},
            "listed": len(self._listed),
            "documents": len(shelf),
            "totals": totals_told(shelf.totals, self._making.references),
        }
        return _html(page("index", "Review", data, connect=True))

    def documents(self, request: Request) -> Response:
        """One page of the documents that are asked for."""
        asked = request.query_params
        wanted = Wanted(
            words=asked.get("words", "")[:200],
            only=asked.get("only", ""),
            type=asked.get("type", ""),
            order=asked.get("order", "number"),
            page=_number(asked, "page", 0, 1 << 30),
        )
        judged = self._log.judged(self._named(request))
        total, rows = self._shelf.find(wanted, judged)
        told = [{**msgspec.structs.asdict(row), "judged": judged.get(row.id, 0)} for row in rows]
        return _json({"total": total, "rows": told})

    def reviewers(self, _: Request) -> Response:
        """How far each reviewer has come."""
        return _json(self._log.reviewers())

    def document(self, request: Request) -> Response:
        """The page of a document, in its place in the archive or in a sample."""
        number = request.path_params["number"]
        reviewer = self._named(request)
        data = self._page_data(number)
        server: dict[str, Any] = {
            "reviewer": reviewer,
            "reviews": "../reviews",
            "records": self._log.of(data.doc.source),
            "elsewhere": self._log.elsewhere(data.doc.id, data.doc.source),
        }
        if "by" in request.query_params:
            links, server["sample"] = self._in_sample(request.query_params, reviewer)
        else:
            before, after = self._shelf.neighbours(number)
            links = {name: _address(n, reviewer) for name, n in (("doc-before", before), ("doc-next", after))}
        index = f"../?{urlencode({'reviewer': reviewer})}"
        return _html(document_page(data, {"doc-index": index, **links}, server))

    def sample(self, request: Request) -> Response:
        """To the first item of a sample that the reviewer has not judged, or to the first of all."""
        asked = request.query_params
        drawn = self._drawn(asked)
        if not drawn:
            return PlainTextResponse("There is no fact to sample; choose another kind of sample.", 404)
        reviewer = self._named(request)
        at = next((at for at, one in enumerate(drawn) if not self._log.has(reviewer, self._key(one))), 0)
        return RedirectResponse(_sample_address(asked, reviewer, drawn, at, "doc/"), 303)

    def lines(self, _: Request) -> Response:
        """The log as it is."""
        path = self._log.path
        headers = {"Content-Disposition": 'attachment; filename="reviews.jsonl"'}
        return Response(path.read_bytes() if path.exists() else b"", media_type=LINES, headers=headers)

    async def take(self, request: Request) -> Response:
        """Take decisions, one a line; they are on the disk when this answers. Lines that are there already are none."""
        if request.headers.get("content-type", "").split(";")[0].strip() != LINES:
            return PlainTextResponse(f"decisions come as {LINES}", 415)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MOST:
                return PlainTextResponse("too many decisions at once; send them in parts", 413)
        try:
            reviews = [decoded(line) for line in body.splitlines() if line.strip()]
        except ValueError as e:
            return PlainTextResponse(f"a line is no record of a review: {e}", 422)
        if any(len(review.reviewer) > NAME for review in reviews):
            return PlainTextResponse(f"a reviewer's name has at most {NAME} characters", 422)
        if fault := await run_in_threadpool(self._fault, reviews):
            return PlainTextResponse(f"{fault}; nothing was taken", 422)
        return _json({"taken": await run_in_threadpool(self._log.take, reviews)})

    def _fault(self, reviews: Sequence[Review]) -> str | None:
        """What the first decision names that is not there."""
        return next(filter(None, map(self._standing.fault, reviews)), None)

    def _made(self, number: int) -> PageData:
        found = self._shelf.archive.document(number)
        if not isinstance(found, Document):
            raise InputError(f"document {number} could not be worked: {found.message}")
        return self._making.of_document(found)

    def _named(self, request: Request) -> str:
        return request.query_params.get("reviewer", "").strip()[:NAME] or self._reviewer

    def _key_of(self, one: Drawn) -> Key:
        document = self._shelf.archive.document(one.number)
        found = items_of(document) if isinstance(document, Document) else ()
        for item in found:
            if item.id == one.id and isinstance(document, Document):
                return source_digest(document), item.item.identity
        raise InputError(f"document {one.number} has no {one.id}; draw the sample anew")

    def _drawn(self, asked: Asked) -> list[Drawn]:
        by = asked.get("by", "")
        if by == LISTED:
            return self._listed
        if by not in get_args(By):
            raise UsageError(f"a sample is one of {', '.join(get_args(By))}")
        size, seed = _number(asked, "size", 50, LARGEST), _number(asked, "seed", 1, 1 << 31)
        return self._sampled(by, size, seed, asked.get("rule", ""))

    def _in_sample(self, asked: Asked, reviewer: str) -> tuple[dict[str, str], Mapping[str, Any]]:
        """Where the facts of the sample before and behind are, and which one this is."""
        drawn = self._drawn(asked)
        at = _number(asked, "at", 0, LARGEST)
        if at >= len(drawn):
            raise InputError(f"the sample has {len(drawn)} facts")
        links = {
            "doc-before": _sample_address(asked, reviewer, drawn, at - 1) if at else "",
            "doc-next": _sample_address(asked, reviewer, drawn, at + 1) if at + 1 < len(drawn) else "",
        }
        return links, {"at": at + 1, "of": len(drawn), "item": drawn[at].id}


def _behind(token: str, route: Route) -> Route:
    """The route, not found without the token."""
    inner: Callable[[Request], Any] = route.endpoint

    async def guarded(request: Request) -> Response:
        if not compare_digest(request.path_params["token"].encode(), token.encode()):
            raise HTTPException(404)
        answer: Any = inner(request) if _is_async(inner) else run_in_threadpool(inner, request)
        response: Response = await answer
        return response

    return Route(route.path, guarded, methods=list(route.methods or ()))


def _is_async(function: Callable[..., Any]) -> bool:
    from inspect import iscoroutinefunction

    return iscoroutinefunction(function)


def _told(_: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 404 if isinstance(error, InputError) else 400)


def _address(number: int | None, reviewer: str) -> str:
    return "" if number is None else f"{number}?{urlencode({'reviewer': reviewer})}"


def _sample_address(asked: Asked, reviewer: str, drawn: list[Drawn], at: int, before: str = "") -> str:
    told = {name: asked.get(name, "") for name in ("by", "rule", "size", "seed") if asked.get(name)}
    return f"{before}{drawn[at].number}?{urlencode({**told, 'at': at, 'reviewer': reviewer})}"


def _number(asked: Asked, name: str, default: int, most: int) -> int:
    try:
        return min(max(int(asked.get(name, default)), 0), most)
    except ValueError:
        raise UsageError(f"{name} is a number, not {asked.get(name)!r}") from None


def _html(body: bytes) -> Response:
    return Response(body, media_type="text/html; charset=utf-8")


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type=JSON)
