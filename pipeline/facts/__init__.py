"""What an article states: quantities and what they measure, ranks, roles, quotations and events."""
