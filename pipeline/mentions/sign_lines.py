"""The words of an article as one line of their signs."""

from __future__ import annotations

from pipeline.core.lookup import NEW, Remembered
from pipeline.core.model import Tokens
from pipeline.mentions.signs import Signs
from pipeline.rulebook import Rulebook

REMEMBERED = 1 << 16
"""Words whose signs are remembered."""


class SignLines:
    """Signs by the word alone where they may be: that is half the time of a look by its part of speech, then by it."""

    def __init__(self, rules: Rulebook) -> None:
        """Nothing is known yet but what the tables say."""
        self.by_tag = rules.once("signs", Signs)
        self._alone = Remembered(REMEMBERED)

    def of(self, tokens: Tokens) -> str:
        """The signs of ``tokens``, one character each."""
        words, tags, by_tag = tokens.words, tokens.tags, self.by_tag
        if tokens.marked:
            words = words.copy()
            for i in tokens.marked:
                words[i] = ""  # 3.5%, 3.6%: no room for all of them
        signs = self._alone.of(words)
        for i in tokens.marked:
            signs[i] = by_tag[tags[i]][tokens.words[i]]
        line = "".join(signs)
        if NEW not in line:
            return line
        self._alone.learn(words, signs, lambda i: by_tag[tags[i]][words[i]])
        return "".join(signs)
