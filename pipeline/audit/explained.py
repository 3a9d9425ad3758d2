"""Documents with what is known of their making: sources that are worked now, and documents of an archive once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.audit.page_data import PageData, page_data
from pipeline.chain.explain import explain_document
from pipeline.chain.findings import references
from pipeline.chain.stages import rulebook
from pipeline.core.explanations import Explanation, RuleRef
from pipeline.core.options import Options
from pipeline.core.records import Document
from pipeline.intake.source import Source


@dataclass(frozen=True)
class Making:
    """Makes the data of pages; ``options`` are those of the extraction."""

    options: Options = Options()

    @cached_property
    def references(self) -> Mapping[str, RuleRef]:
        """The rules by their ids; raises `RuleError`."""
        return references(rulebook(self.options.rules))

    def of_source(self, source: Source) -> PageData:
        """What a page shows of a source; raises `InputError` where it cannot be read."""
        return page_data(*self._made(source, self.options.published), self.references)

    def of_document(self, document: Document) -> PageData:
        """What a page shows of a document that was made before, with its text.

        It is explained where the same comes out once more; not where it was made by other rules or options.
        """
        return page_data(document, self._again(document), self.references)

    def _again(self, document: Document) -> Explanation | None:
        if document.producer.rules != rulebook(self.options.rules).digest:
            return None
        doc = document.doc
        published = doc.published if doc.published_from in ("option", "field") else None
        made, explanation = self._made(Source(doc.id, doc.source, str(doc.text), doc.sha256, published), None)
        same = (made.mentions, made.facts) == (document.mentions, document.facts)
        return explanation if same else None

    def _made(self, source: Source, published: str | None) -> tuple[Document, Explanation]:
        how = self.options
        return explain_document(source, published, rules=how.rules, segmenter=how.segmenter, entities=how.entities)
