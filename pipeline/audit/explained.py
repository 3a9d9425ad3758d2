"""Documents with what is known of their making: sources that are worked now, and documents of an archive once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.audit.page_data import PageData, page_data
from pipeline.chain.explain import explain_document
from pipeline.chain.findings import references
from pipeline.chain.stages import rulebook
from pipeline.core.explanations import Explanation, RuleRef
from pipeline.core.records import Document
from pipeline.intake.source import Source
from pipeline.tokens.segment import Segmenter


@dataclass(frozen=True)
class Making:
    """How documents are made: the options of `pipeline.extract`."""

    published: str | None = None
    rules: Path | None = None
    segmenter: Segmenter = "rjieba"
    entities: str = "default"

    @cached_property
    def references(self) -> Mapping[str, RuleRef]:
        """The rules by their ids; raises `RuleError`."""
        return references(rulebook(str(self.rules) if self.rules else None))

    def of_source(self, source: Source) -> PageData:
        """What a page shows of a source; raises `InputError` where it cannot be read."""
        return page_data(*self._made(source, self.published), self.references)

    def of_document(self, document: Document) -> PageData:
        """What a page shows of a document that was made before, with its text.

        It is explained where the same comes out once more; not where it was made by other rules or options.
        """
        return page_data(document, self._again(document), self.references)

    def _again(self, document: Document) -> Explanation | None:
        if document.producer.rules != rulebook(str(self.rules) if self.rules else None).digest:
            return None
        doc = document.doc
        published = doc.published if doc.published_from in ("option", "field") else None
        made, explanation = self._made(Source(doc.id, doc.source, str(doc.text), doc.sha256, published), None)
        same = (made.mentions, made.facts) == (document.mentions, document.facts)
        return explanation if same else None

    def _made(self, source: Source, published: str | None) -> tuple[Document, Explanation]:
        return explain_document(
            source, published, rules=self.rules, segmenter=self.segmenter, entities=self.entities
        )  # fmt: skip
