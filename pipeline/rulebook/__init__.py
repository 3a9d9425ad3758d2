"""rules/ read into frozen, validated objects. `load` is the door; messages name file and line."""

from pipeline.rulebook.book import Rulebook, load, rules_home
from pipeline.rulebook.rule import Example, Pattern, Row, Rule

__all__ = ["Example", "Pattern", "Row", "Rule", "Rulebook", "load", "rules_home"]
