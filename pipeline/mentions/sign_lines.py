"""The words of an article as one line of their signs."""

from __future__ import annotations

from pipeline.core.lookup import values_of
from pipeline.core.model import Tokens
from pipeline.mentions.signs import Signs
from pipeline.rulebook import Rulebook

REMEMBERED = 1 << 16
"""Words whose signs are remembered."""


class _Alone(dict[str, str]):
    """The signs of words whose part of speech is theirs wherever they stand; "" for those that are not known yet."""

    def __missing__(self, word: str) -> str:
        return ""


class SignLines:
    """Signs by the word alone where they may be: that is half the time of a look by its part of speech, then by it."""

    def __init__(self, rules: Rulebook) -> None:
        """Nothing is known yet but what the tables say."""
        self.by_tag = rules.once("signs", Signs)
        self._alone = _Alone()

    def of(self, tokens: Tokens) -> str:
        """The signs of ``tokens``, one character each."""
        words, tags, by_tag, alone = tokens.words, tokens.tags, self.by_tag, self._alone
        signs = list(values_of(alone, words))
        for i in tokens.marked:
            signs[i] = by_tag[tags[i]][words[i]]
        if "" in signs:
            if len(alone) > REMEMBERED:
                alone.clear()
            for i, sign in enumerate(signs):
                if not sign:
                    signs[i] = alone[words[i]] = by_tag[tags[i]][words[i]]
        return "".join(signs)
