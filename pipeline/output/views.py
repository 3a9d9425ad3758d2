"""Views over the tables of an archive in a database: what users ask of it, in SQL that SQLite and DuckDB both read.

Sums are of DOUBLE, for databases have no decimals in common; the exact number stands as text in ``norm_value``.
"""

from __future__ import annotations

from collections.abc import Mapping

AMOUNT = "CAST({0}.norm_value AS DOUBLE)"

VIEWS: Mapping[str, str] = {
    # Facts of articles that were not printed before, so that nothing is counted twice.
    "original_facts": """
        SELECT f.*
        FROM facts f LEFT JOIN reprints r ON r.number = f.number AND r.article = f.article
        WHERE r.number IS NULL""",
    # Every amount that is told of something, with its number to reckon with and who is quoted with it.
    "quantities": f"""
        SELECT f.number, f.doc, f.fact, f.published, f.subject, f.property, f.quantity, m.norm_kind AS kind,
               f.norm_value AS value, {AMOUNT.format("f")} AS amount, f.norm_low AS low, f.norm_high AS high,
               f.norm_unit AS unit, f.norm_modifier AS modifier, f.norm_time AS time, f.norm_per AS per,
               f.norm_change_role AS change_role, f.norm_change_direction AS change_direction,
               f.norm_change_basis AS change_basis, f.modality, f.polarity,
               coalesce(q.norm_speaker, q.speaker) AS speaker, f.sentence
        FROM original_facts f
        LEFT JOIN arguments a ON a.number = f.number AND a.fact = f.fact AND a.role = 'quantity'
        LEFT JOIN mentions m ON m.number = a.number AND m.mention = a.mention
        LEFT JOIN facts q ON q.number = f.number AND q.fact = f.quoted_in
        WHERE f.type = 'quantity'""",
    "money_by_speaker": """
        SELECT speaker, unit AS currency, count(*) AS amounts, count(DISTINCT number) AS documents,
               sum(amount) AS total, max(amount) AS largest
        FROM quantities
        WHERE kind = 'money' AND speaker IS NOT NULL
        GROUP BY speaker, unit
        ORDER BY amounts DESC, speaker, currency""",
    "roles_by_organisation": """
        SELECT org, person, title, norm_former AS former, count(DISTINCT number) AS documents
        FROM original_facts
        WHERE type = 'role' AND org IS NOT NULL
        GROUP BY org, person, title, norm_former
        ORDER BY org, documents DESC, person, title""",
    "failed_checks": """
        SELECT c.number, c.doc, d.title, c.rule, c.expected, c.actual, c.tolerance, c.facts
        FROM checks c JOIN documents d ON d.number = c.number
        WHERE NOT c.ok
        ORDER BY c.number, c.rule, c.facts""",
    # One subject, property, time, unit and change, and more than one value of it: each with where it stands.
    "claims_with_two_values": """
        WITH claims AS (
            SELECT q.*, subject || '|' || coalesce(property, '') || '|' || time || '|' || unit || '|'
                   || coalesce(per, '') || '|' || coalesce(change_role, '') || '|'
                   || coalesce(change_direction, '') || '|' || coalesce(change_basis, '') AS claim
            FROM quantities q
            WHERE subject IS NOT NULL AND time IS NOT NULL AND value IS NOT NULL
                  AND polarity = 'affirmed' AND modality IN ('asserted', 'reported'))
        SELECT claim, subject, property, time, value, unit, modifier, speaker, number, doc, sentence
        FROM claims
        WHERE claim IN (SELECT claim FROM claims GROUP BY claim HAVING count(DISTINCT amount) > 1)
        ORDER BY claim, amount, number""",
}
"""The views, in an order in which each stands on those before it."""


def view_statements() -> list[str]:
    """The statements that make the views."""
    return [f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()]
