"""Each rule of facts is shown by its own examples: none is there that another rule takes."""

from __future__ import annotations

import pytest

from pipeline.chain.stages import STAGES, new_views, setting
from pipeline.rulebook import load


@pytest.mark.parametrize("file", ["facts_quantity", "facts_rank", "facts_roles", "facts_quotes", "facts_events"])
def test_an_example_is_found_by_its_rule(file: str) -> None:
    rules = load()
    shown = [(rule.id, example) for rule in rules.patterns(file) for example in rule.examples]
    works = new_views([example.text for _, example in shown], rules)
    for run in STAGES.values():
        run(works, setting(rules))
    for (rule, example), (view, _) in zip(shown, works, strict=True):
        found = [f for f in view.facts if f.rule == rule]
        at = [f for f in found if example.span in {argument.pieces[0] for argument in f.args.values()}]
        assert at if example.span else found, f"{rule}: {example.text} is found by {[f.rule for f in view.facts]}"
