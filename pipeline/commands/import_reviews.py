"""The work of `import`: what another tool gives back, into the log of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.audit.importing import imported
from pipeline.audit.returned import news
from pipeline.audit.reviews import append, encoded, read
from pipeline.commands.streams import counted, stdout_bytes, tell
from pipeline.commands.target import STDOUT
from pipeline.core.errors import InputError


def run_import(files: Sequence[Path], tool: str, reviewer: str | None, log: Path | None, quiet: bool) -> int:
    """Append to ``log`` what the files hold that it does not hold yet, or print all of it; the exit code."""
    reviews = [review for file in files for review in imported(file, tool, reviewer)]
    if not reviews:
        named = ", ".join(map(str, files))
        raise InputError(f"{named}: nothing in it was reviewed; export it from the tool after the review")
    if log is None or log == STDOUT:
        stdout_bytes().write(b"".join(map(encoded, reviews)))
        fresh = reviews
    else:
        fresh = list(news(reviews, read(log) if log.exists() else ()))
        append(log, fresh)
    if not quiet:
        verdicts = Counter(review.verdict for review in fresh)
        told = ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items()))
        documents = len({review.source for review in reviews})
        tell(f"{counted(len(fresh), 'decision')} of {counted(documents, 'document')}{f': {told}' if told else ''}")
    return 0
