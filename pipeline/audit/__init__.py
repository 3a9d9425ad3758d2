"""How good the extraction is: rules against their own examples, and what was found against what reviewers say."""
