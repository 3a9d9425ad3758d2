"""The work of `schema`: what forms are like, for those who read or set them up."""

from __future__ import annotations

import msgspec

from pipeline.audit.reviews import SCHEMA, Review
from pipeline.output.labelstudio import labeling_config
from pipeline.output.schema import DIALECT, printed, schema_text


def described(of: str) -> bytes:
    """The JSON Schema of a line of ``output`` or ``reviews``, or the labeling configuration of ``labelstudio``."""
    if of == "labelstudio":
        return labeling_config().encode()
    if of == "reviews":
        return printed({"$schema": DIALECT, "title": SCHEMA, **msgspec.json.schema(Review)})
    return schema_text()
