"""What the user should know of documents that were worked all the same."""

from __future__ import annotations

from pipeline.commands.streams import counted, tell, tell_issue
from pipeline.core.records import Document

NAMED = 20
"""Of how many documents issues are told; the records of all hold theirs."""


class Issues:
    """Tells one line for each kind of issue of a document, and of no more than `NAMED` documents; all with -v."""

    def __init__(self, quiet: bool, verbose: int) -> None:
        """``quiet``: nothing is told."""
        self._quiet, self._verbose = quiet, verbose
        self._named = 0

    def tell(self, document: Document) -> None:
        """Tell those of a document."""
        if self._quiet or not document.issues:
            return
        self._named += 1
        if self._verbose or self._named <= NAMED:
            self._tell(document)
        elif self._named == NAMED + 1:
            tell("more documents have issues; their records hold them, -v tells them here")

    def _tell(self, document: Document) -> None:
        seen: dict[str, int] = {}
        for issue in document.issues:
            seen[issue.code] = seen.get(issue.code, 0) + 1
            if self._verbose or seen[issue.code] == 1:
                tell_issue(document.doc.source, issue)
        more = sum(seen.values()) - len(seen)
        if more and not self._verbose:
            tell(f"{document.doc.source}: {counted(more, 'issue')} more of these kinds; -v names them")
