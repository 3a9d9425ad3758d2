"""The work of `audit serve`: an archive to be reviewed in a browser, on this machine."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.explained import Making
from pipeline.audit.review_log import ReviewLog
from pipeline.audit.sample import read_sample
from pipeline.audit.shelf import Shelf
from pipeline.commands.archives import opened
from pipeline.commands.streams import counted, tell
from pipeline.core.errors import OutputError, UsageError, install

REVIEWS = "reviews.jsonl"
"""The log of decisions in an archive's folder."""
LOCAL = ("127.0.0.1", "localhost", "::1")
ANY = ("0.0.0.0", "::")  # noqa: S104 - what the user asked for, told by name


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens (``port`` 0: any that is free), and whom its pages begin with."""

    host: str
    port: int
    reviewer: str


def serve(out: Path, place: Place, log: Path | None, sample: Path | None, making: Making) -> int:
    """Serve until interrupted; returns the exit code. ``sample`` is one that was drawn to be judged.

    Raises `UsageError` where the extra is not installed, `OutputError` where the port is taken, `InputError` where
    ``out`` is no archive.
    """
    try:
        import uvicorn

        from pipeline.audit.server import Server
    except ImportError:
        raise UsageError(f"Starlette and uvicorn are not installed; {install('web')}") from None
    shelf, reviews = Shelf(opened(out)), ReviewLog(log or out / REVIEWS)
    listed = shelf.listed(read_sample(sample)) if sample else []
    host = place.host
    with _listening(host, place.port) as listener:
        bound = listener.getsockname()[1]
        token = secrets.token_urlsafe(16)
        server = Server(shelf, reviews, making, place.reviewer, listed)
        server.warm()
        app = server.app(token, _names(host, bound))
        tell(f"{counted(len(shelf), 'document')}; decisions go to {reviews.path}")
        tell(f"open http://{_shown(host)}:{bound}/{token}/ in a browser; Ctrl-C ends it")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none"
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass  # the usual end
    return 0


def _names(host: str, port: int) -> frozenset[str] | None:
    """The names under which the server may be asked; None for any, where it listens on all addresses."""
    if host in ANY:
        return None
    names = LOCAL if host in LOCAL else (host.lower(),)
    return frozenset(f"{_shown(name)}:{port}" for name in names)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listening(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as e:
        listener.close()
        raise OutputError(
            f"cannot listen on {host}:{port}: {e.strerror or e}; choose others with --host and --port"
        ) from e
    return listener
