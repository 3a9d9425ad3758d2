"""What every request must hold to, and what every answer says, before anything else is looked at."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = ("GET", "HEAD")
ANSWERS = {
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # The address has the token in it.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer; a page's own policy, which comes on top, is in the page."""


class Guard:
    """Refuses requests under another name of the host (DNS rebinding), and writes that come from another origin."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        """``hosts``: the names, with port, that the server goes by; None where it is asked under any."""
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have it answered; there are no sockets here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        refused = self._refused(scope["method"], Headers(scope=scope))

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(ANSWERS)
            await send(message)

        await (PlainTextResponse(refused, 403) if refused else self._app)(scope, receive, told)

    def _refused(self, method: str, headers: Headers) -> str | None:
        host = headers.get("host", "").lower()
        if self._hosts is not None and host not in self._hosts:
            return "this server does not go by that name"
        if method in SAFE:
            return None
        if headers.get("origin", "").lower() != f"http://{host}":
            return "decisions are taken from this server's own pages"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return "decisions are taken from this server's own pages"
        return None
