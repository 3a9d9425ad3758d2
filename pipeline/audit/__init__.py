"""How good the rules are: their own examples run through the whole chain."""
