"""The work of `import`: what another tool gives back, into the log of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.audit.importing import IMPORTERS, imported
from pipeline.audit.returned import news
from pipeline.audit.reviews import Review, append, encoded, read
from pipeline.commands.streams import counted, stdout_bytes, tell
from pipeline.commands.target import STDOUT
from pipeline.core.errors import InputError

UNCHANGED = "--accept-unchanged takes them as reviewed and right"


def run_import(
    files: Sequence[Path], tool: str, reviewer: str | None, log: Path | None, unchanged: bool, quiet: bool
) -> int:
    """Append to ``log`` what the files hold that it does not hold yet, or print all of it; the exit code.

    ``unchanged``: documents that came back as they were sent are taken as accepted. Else they are where the log has
    decisions on them, for then somebody looked at them.
    """
    given = [one for file in files for one in imported(file, tool, reviewer) if one.reviews]
    named = ", ".join(map(str, files))
    if not given:
        raise InputError(f"{named}: nothing in it was reviewed; export it from the tool after the review")
    before = list(read(log)) if log not in (None, STDOUT) and log.exists() else []
    seen = {_whose(review) for review in before}
    taken = [one for one in given if unchanged or not one.open or _whose(one.reviews[0]) in seen]
    left = len(given) - len(taken)
    told = f"{counted(left, 'document')} came back as sent, and {tool} does not say what was reviewed"
    if not taken:
        raise InputError(f"{named}: {told}; {UNCHANGED}")
    fresh = _put([review for one in taken for review in one.reviews], before, log)
    if left:
        tell(f"{told}: left out; {UNCHANGED}")
    if not quiet:
        _sum_up(fresh, len(taken))
        if IMPORTERS[tool].named and not reviewer:
            names = sorted({one.reviews[0].reviewer for one in taken})
            tell(f"reviewed by {', '.join(names)}, as {tool} names its files; --reviewer NAME says otherwise")
    return 0


def _whose(review: Review) -> tuple[str, str]:
    return review.source, review.reviewer


def _put(reviews: Sequence[Review], before: Sequence[Review], log: Path | None) -> Sequence[Review]:
    """Print all of it, or append what is new; returns what was written."""
    if log is None or log == STDOUT:
        stdout_bytes().write(b"".join(map(encoded, reviews)))
        return reviews
    fresh = list(news(reviews, before))
    append(log, fresh)
    return fresh


def _sum_up(fresh: Sequence[Review], documents: int) -> None:
    verdicts = Counter(review.verdict for review in fresh)
    told = ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items()))
    tell(f"{counted(len(fresh), 'decision')} of {counted(documents, 'document')}{f': {told}' if told else ''}")
