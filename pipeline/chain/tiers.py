"""What finds names, by the one option that chooses it."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import UsageError
from pipeline.core.options import DEFAULT_TIER, RULES_TIER
from pipeline.mentions.entities import RulesTier, Tier
from pipeline.rulebook import Rulebook

SPACY = "spacy:"
"""The entities of a spaCy pipeline, whose name follows."""


def tier_of(entities: str, rules: Rulebook) -> Tier:
    """The tier ``entities``: `DEFAULT_TIER`, `RULES_TIER`, a spaCy pipeline, or the path of a model file.

    Raises `UsageError` where it is none of these.
    """
    return rules.once(("tier", entities), lambda book: _tier(entities, book))


def _tier(entities: str, rules: Rulebook) -> Tier:
    if entities == RULES_TIER:
        return RulesTier()
    if entities.startswith(SPACY):
        from pipeline.chain.spacy_names import SpacyTier

        return SpacyTier(entities.removeprefix(SPACY), rules)
    from pipeline.mentions.tagger.names import WEIGHTS, TaggerTier, model_of  # numpy, which the rules do without

    path = WEIGHTS if entities == DEFAULT_TIER else Path(entities)
    if not path.is_file():
        raise UsageError(
            f"{entities!r} finds no entities; choose rules, default, spacy:NAME or a model file of `zhfacts train`"
        )
    return TaggerTier(model_of(path), rules)
